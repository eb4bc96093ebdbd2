import Glibc
import MLSystem
import Scenarios
import Syntax

/// Gives scenarios the files beneath their own folder and the data folder, and no others.
package struct ScenarioAccess: Sendable {
  /// The folder of the scenario file.
  let home: String
  /// The folder of `--data` or `TOWTANK_DATA`; nil where neither is given.
  let data: String?

  package init(scenario path: String, data: String?) {
    home = FileSystem.folder(of: path)
    self.data = data
  }

  /// The closures that the scenario floor calls.
  package var files: ScenarioFiles {
    ScenarioFiles(
      read: { path throws(ScenarioFiles.Problem) in try bytes(path, in: [home]) },
      readData: { path throws(ScenarioFiles.Problem) in try bytes(path, in: folders) },
      trace: { path throws(ScenarioFiles.Problem) in
        let found = try locate(path, in: folders)
        // Found out now, not in the middle of a run.
        do throws(FileSystem.Problem) {
          _ = try TraceFile(path: found)
        } catch {
          throw ScenarioFiles.Problem(error.reason)
        }
        return { try TraceFile(path: found) }
      })
  }

  private var folders: [String] { [home] + (data.map { [$0] } ?? []) }

  private func bytes(
    _ path: String, in folders: [String]
  ) throws(ScenarioFiles.Problem) -> [UInt8] {
    let found = try locate(path, in: folders)
    do {
      return try FileSystem.readRegular(found)
    } catch {
      throw ScenarioFiles.Problem(error.reason)
    }
  }

  /// The first of the folders that has the file; a link that leads out of its folder is refused.
  private func locate(
    _ path: String, in folders: [String]
  ) throws(ScenarioFiles.Problem) -> String {
    for folder in folders {
      guard let root = FileSystem.resolved(folder),
        let found = FileSystem.resolved(folder + "/" + path)
      else { continue }
      guard found.hasPrefix(root == "/" ? root : root + "/") else {
        throw ScenarioFiles.Problem("it is a link that leads out of \(folder)")
      }
      return found
    }
    throw ScenarioFiles.Problem("no such file")
  }
}

/// A trace on disk, read in chunks.
private final class TraceFile: TraceBytes {
  private let descriptor: Int32

  /// A disk that fails in the middle of a trace; the reader adds the place.
  struct Stopped: Error, CustomStringConvertible {
    var description: String
  }

  init(path: String) throws(FileSystem.Problem) {
    descriptor = try FileSystem.openRegular(path)
  }

  deinit { close(descriptor) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else {
        throw Stopped(description: String(cString: strerror(errno)))
      }
    }
  }
}
