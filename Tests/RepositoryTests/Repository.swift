import Foundation

/// The checkout that these tests were built from.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Files beneath `folder` with the extension `type`, in order of path.
  static func files(in folder: String, type: String) -> [URL] {
    let start = root.appendingPathComponent(folder)
    guard let walk = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)
    else { return [] }
    return walk.compactMap { $0 as? URL }.filter { $0.pathExtension == type }
      .sorted { $0.path < $1.path }
  }

  static func text(_ url: URL) throws -> String { try String(contentsOf: url, encoding: .utf8) }

  /// The path from the root, for messages.
  static func name(_ url: URL) -> String { String(url.path.dropFirst(root.path.count + 1)) }
}
