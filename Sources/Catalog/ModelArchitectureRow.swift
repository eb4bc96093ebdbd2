import Quantities

/// The shape of a model, from which its weights, its work and its memory follow.
public struct ModelArchitectureRow: Hashable, Sendable {
  /// What kind of model it is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A transformer that writes tokens.
    case decoder
    /// A transformer that reads tokens: embeddings, ranking, classification.
    case encoder
    /// A convolutional network.
    case convolution
    /// Embedding tables and dense layers over them.
    case recommender
    /// Boosted decision trees.
    case trees
  }

  /// Its name, as on the Hugging Face hub where it is there.
  public var name: String
  /// What kind of model it is.
  public var kind: Kind
  /// Layers of a transformer; weighted layers, dense layers or the depth of trees otherwise.
  public var layers: Int
  /// Width of the residual stream; 0 where the model is no transformer, as all that follow.
  public var hidden: Int
  /// Query heads.
  public var heads: Int
  /// Key and value heads.
  public var kvHeads: Int
  /// Size of a head.
  public var headSize: Int
  /// Width of the MLP.
  public var mlpWidth: Int
  /// Tokens of the vocabulary.
  public var vocabulary: Int
  /// Longest context in tokens.
  public var context: Int
  /// Whether the output matrix is the input embedding.
  public var tiesEmbeddings: Bool
  /// What the family adds to the plain shape: `qkv-bias`, `qk-norm`, `biases`, `pooler`,
  /// `classifier`, `two-segments`.
  public var extras: [String]
  /// The published number of parameters.
  public var parameters: Int64
  /// Work per item in GFLOP where it does not follow from the shape, two operations a
  /// multiply-add.
  public var gflopPerItem: Double?
  /// Other names that mean the same.
  public var aliases: [String]
  /// Where the figures come from.
  public var provenance: Provenance
  /// What a reader should know.
  public var note: String

  /// Elements that one token of context adds to the KV cache: 2 · layers · KV heads · head size.
  public var kvElementsPerToken: Int64 {
    kind == .decoder ? 2 * Int64(layers) * Int64(kvHeads) * Int64(headSize) : 0
  }

  /// The number of parameters that follows from the shape, or nil where the model is no
  /// transformer.
  public var parametersOfShape: Int64? {
    switch kind {
    case .decoder: decoderParameters
    case .encoder: encoderParameters
    case .convolution, .recommender, .trees: nil
    }
  }

  /// Parameters of the matrices that every token passes: all layers, without embeddings and head.
  public var layerParameters: Int64 {
    guard kind == .decoder || kind == .encoder else { return 0 }
    return Int64(layers) * (attentionMatrices + mlpMatrices)
  }

  private var attentionMatrices: Int64 {
    let width = Int64(headSize)
    return 2 * Int64(hidden) * width * (Int64(heads) + Int64(kvHeads))
  }

  private var mlpMatrices: Int64 {
    (kind == .decoder ? 3 : 2) * Int64(hidden) * Int64(mlpWidth)
  }

  /// Embedding and head, layers with a gated MLP and two norms, a last norm.
  private var decoderParameters: Int64 {
    let hidden = Int64(hidden)
    var layer = attentionMatrices + mlpMatrices + 2 * hidden
    if extras.contains("qkv-bias") {
      layer += Int64(headSize) * (Int64(heads) + 2 * Int64(kvHeads))
    }
    if extras.contains("qk-norm") { layer += 2 * Int64(headSize) }
    let tables = Int64(vocabulary) * hidden * (tiesEmbeddings ? 1 : 2)
    return tables + Int64(layers) * layer + hidden
  }

  /// Embeddings of tokens, positions and segments with a norm, layers with biases and two norms,
  /// and a pooler or a scoring head.
  private var encoderParameters: Int64 {
    let hidden = Int64(hidden)
    let segments: Int64 = extras.contains("two-segments") ? 2 : 1
    var sum = (Int64(vocabulary) + Int64(context) + segments) * hidden + 2 * hidden
    let biases = 4 * hidden + Int64(mlpWidth) + hidden
    sum += Int64(layers) * (attentionMatrices + mlpMatrices + biases + 4 * hidden)
    if extras.contains("pooler") || extras.contains("classifier") {
      sum += hidden * hidden + hidden
    }
    if extras.contains("classifier") { sum += hidden + 1 }
    return sum
  }
}

extension ModelArchitectureRow {
  static let columns = [
    "model", "kind", "layers", "hidden", "heads", "kv_heads", "head_dim", "mlp", "vocabulary",
    "context", "embeddings", "extras", "parameters", "gflop_per_item", "aliases", "date",
    "source", "note",
  ]
  static let requiredColumns = ["model", "layers", "parameters"]

  init(
    _ table: TableReader, provenance: (_ source: String, _ date: String) -> Provenance
  ) throws(DelimitedTextError) {
    func count(_ column: String, _ range: ClosedRange<Int64>) throws(DelimitedTextError) -> Int {
      Int(try table.optionalInteger(column, in: range) ?? 0)
    }
    name = try table.requiredText("model")
    let kindText = try table.text("kind")
    guard let kind = Kind(rawValue: kindText.isEmpty ? Kind.decoder.rawValue : kindText) else {
      throw table.error(
        "kind",
        .malformed(
          column: "kind", text: kindText,
          expected: Kind.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")))
    }
    self.kind = kind
    layers = try count("layers", 1...100_000)
    hidden = try count("hidden", 1...10_000_000)
    heads = try count("heads", 1...1_000_000)
    kvHeads = try count("kv_heads", 1...1_000_000)
    headSize = try count("head_dim", 1...1_000_000)
    mlpWidth = try count("mlp", 1...100_000_000)
    vocabulary = try count("vocabulary", 1...1_000_000_000)
    context = try count("context", 1...1_000_000_000_000)
    tiesEmbeddings = try table.text("embeddings") == "tied"
    extras = try table.list("extras")
    guard let parameters = try table.optionalInteger("parameters", in: 1...(1 << 56)) else {
      throw table.error("parameters", .emptyField(column: "parameters"))
    }
    self.parameters = parameters
    gflopPerItem = try table.optionalNumber("gflop_per_item", in: 0...1e12)
    aliases = try table.list("aliases")
    note = try table.text("note")
    self.provenance = provenance(try table.text("source"), try table.text("date"))
    guard kind == .decoder || kind == .encoder else { return }
    for column in ["hidden", "heads", "kv_heads", "head_dim", "mlp", "vocabulary"] {
      if try table.optionalInteger(column) == nil {
        throw table.error(column, .emptyField(column: column))
      }
    }
  }
}
