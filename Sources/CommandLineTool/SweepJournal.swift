import Experiments
import Syntax

/// The folder of a sweep: `sweep.json`, and a file for each finished point beneath `points`.
///
/// A file is there whole or not at all, so that a killed sweep goes on where it stopped.
struct SweepJournal {
  let folder: String
  let plan: SweepPlan

  private var points: String { folder + "/points" }

  private func path(_ point: SweepPoint) -> String {
    points + "/" + plan.key(of: point) + ".json"
  }

  /// Makes the folder, writes the plan and takes away what a killed process left half-written.
  func open() throws {
    do throws(FileSystem.Problem) {
      try FileSystem.makeFolder(points)
      FileSystem.removeParts(in: points)
      FileSystem.removeParts(in: folder)
      try FileSystem.write(SweepFiles.text(plan), to: folder + "/sweep.json")
    } catch {
      throw CommandFailure(.output, "error: cannot write \(error.path): \(error.reason)")
    }
  }

  /// The result of a point that was finished before; nil where there is none, or a damaged one.
  func result(of point: SweepPoint) -> SweepResult? {
    guard FileSystem.exists(path(point)), let bytes = try? FileSystem.readRegular(path(point)),
      let json = Self.json(bytes)
    else { return nil }
    return SweepFiles.result(from: json, of: point, plan: plan)
  }

  /// Keeps a finished point.
  func keep(_ result: SweepResult) throws {
    do throws(FileSystem.Problem) {
      try FileSystem.write(SweepFiles.text(result, plan: plan), to: path(result.point))
    } catch {
      throw CommandFailure(.output, "error: cannot write \(error.path): \(error.reason)")
    }
  }

  /// The journal of a folder that a sweep wrote.
  ///
  /// - Throws: `CommandFailure` 66 where there is none, 65 where it is damaged.
  static func read(_ folder: String) throws -> SweepJournal {
    let path = folder + "/sweep.json"
    let bytes: [UInt8]
    do throws(FileSystem.Problem) {
      bytes = try FileSystem.readRegular(path)
    } catch {
      throw Tool.unreadable(error)
    }
    do throws(SweepFiles.Problem) {
      guard let json = json(bytes) else { throw SweepFiles.Problem(reason: "it is no JSON") }
      return SweepJournal(folder: folder, plan: try SweepFiles.plan(from: json))
    } catch {
      throw CommandFailure(
        .invalidInput,
        "error[\(DiagnosticCode.badSweep.rawValue)]: cannot read "
          + "`\(VisibleText.escaped(path))`: \(error.reason)")
    }
  }

  private static func json(_ bytes: [UInt8]) -> JSONValue? {
    var sources = SourceMap()
    var diagnostics = Diagnostics()
    let file = sources.add(SourceFile(name: "sweep", bytes: bytes))
    let tree = JSON5Parser.parse(bytes, as: file, into: &diagnostics)
    return diagnostics.hasErrors ? nil : tree?.json
  }
}
