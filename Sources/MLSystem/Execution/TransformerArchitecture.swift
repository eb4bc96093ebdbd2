/// The shape of a dense decoder with grouped-query attention and a gated MLP.
package struct TransformerArchitecture: Sendable, Hashable {
  package var name: String
  package var layers: Int
  /// Width of the residual stream.
  package var hidden: Int
  /// Query heads, key and value heads, and the size of a head.
  package var heads: Int
  package var kvHeads: Int
  package var headSize: Int
  package var mlpWidth: Int
  package var vocabulary: Int
  /// Whether the output matrix is the input embedding.
  package var tiesEmbeddings: Bool

  package init(
    name: String, layers: Int, hidden: Int, heads: Int, kvHeads: Int, headSize: Int, mlpWidth: Int,
    vocabulary: Int, tiesEmbeddings: Bool = false
  ) {
    self.name = name
    self.layers = layers
    self.hidden = hidden
    self.heads = heads
    self.kvHeads = kvHeads
    self.headSize = headSize
    self.mlpWidth = mlpWidth
    self.vocabulary = vocabulary
    self.tiesEmbeddings = tiesEmbeddings
  }

  /// Parameters of the matrices of one layer.
  package var layerParameters: Double {
    let attention = 2 * Double(hidden) * Double(headSize) * Double(heads + kvHeads)
    return attention + 3 * Double(hidden) * Double(mlpWidth)
  }

  /// Parameters of the output matrix.
  package var headParameters: Double { Double(hidden) * Double(vocabulary) }

  /// All parameters but the norms, which are below a part in ten thousand.
  package var parameters: Double {
    Double(layers) * layerParameters + headParameters * (tiesEmbeddings ? 1 : 2)
  }
}

/// How numbers are held and multiplied.
package struct NumberFormat: Sendable, Hashable {
  package var name: String
  /// Bytes of a parameter of the layers; embedding and output matrix stay in 16 bit.
  package var weightBytes: Double
  /// Bytes of an element of the KV cache.
  package var kvBytes: Double
  /// Whether the matrix products run at the 8-bit peak.
  package var multipliesIn8Bit: Bool

  package init(name: String, weightBytes: Double, kvBytes: Double, multipliesIn8Bit: Bool) {
    self.name = name
    self.weightBytes = weightBytes
    self.kvBytes = kvBytes
    self.multipliesIn8Bit = multipliesIn8Bit
  }

  package static let bf16 = NumberFormat(
    name: "bf16", weightBytes: 2, kvBytes: 2, multipliesIn8Bit: false)
  package static let fp8 = NumberFormat(
    name: "fp8", weightBytes: 1, kvBytes: 1, multipliesIn8Bit: true)
  /// Weights in 8 or 4 bit that are widened before the product.
  package static let int8 = NumberFormat(
    name: "int8", weightBytes: 1, kvBytes: 2, multipliesIn8Bit: false)
  package static let int4 = NumberFormat(
    name: "int4", weightBytes: 0.53, kvBytes: 2, multipliesIn8Bit: false)
}
