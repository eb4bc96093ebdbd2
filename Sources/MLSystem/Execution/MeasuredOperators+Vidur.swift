import Quantities

extension MeasuredOperators {
  /// Which rows of the tables are meant.
  package struct VidurSelection: Sendable {
    package var accelerator: String
    package var model: String
    package var tensorParallel: Int
    /// What the host adds to every all-reduce, seconds.
    package var allReduceLaunch: Double

    package init(
      accelerator: String, model: String, tensorParallel: Int, allReduceLaunch: Double = 0.02e-3
    ) {
      self.accelerator = accelerator
      self.model = model
      self.tensorParallel = tensorParallel
      self.allReduceLaunch = allReduceLaunch
    }
  }

  /// The operator tables of Vidur (microsoft/vidur, MIT), as its predictor adds them up.
  ///
  /// `mlp` has the dense operators by tokens, `attention` decode and prefill attention of the same
  /// model and tensor parallelism, `allReduce` the collective by bytes; all in milliseconds. The
  /// batching overhead of 0.1 for grouped-query attention is a constant of its predictor.
  package init(
    vidur selection: VidurSelection, mlp: String, attention: String, allReduce: String
  ) throws(DelimitedTextError) {
    self.init()
    allReduceLaunch = selection.allReduceLaunch
    batchingOverhead = 0.1
    try readDense(mlp, selection)
    try readAttention(attention)
    if selection.tensorParallel > 1 { try readAllReduce(allReduce, selection.tensorParallel) }
  }

  private mutating func readDense(
    _ text: String, _ selection: VidurSelection
  ) throws(DelimitedTextError) {
    var reader = DelimitedTextReader(text: text)
    let header = try DelimitedTextHeader(reading: &reader)
    let names = [
      "input_layernorm_ms", "attn_pre_proj_ms", "attn_rope_ms", "attn_post_proj_ms",
      "post_attention_layernorm_ms", "mlp_up_proj_ms", "mlp_act_ms", "mlp_down_proj_ms", "add_ms",
    ]
    var columns: [Column] = []
    for name in names { columns.append(try Column(name, header)) }
    let accelerator = try Column("gpu", header)
    let model = try Column("model", header)
    let tokens = try Column("num_tokens", header)
    let parallel = try Column("tp", header)
    while try reader.advance() {
      guard try reader.text(accelerator.index) == selection.accelerator,
        try reader.text(model.index) == selection.model,
        try parallel.integer(reader) == Int64(selection.tensorParallel)
      else { continue }
      var milliseconds = 0.0
      for column in columns { milliseconds += try column.number(reader) }
      dense.append((try tokens.number(reader), milliseconds * 1e-3))
    }
    dense.sort { $0.tokens < $1.tokens }
  }

  private mutating func readAttention(_ text: String) throws(DelimitedTextError) {
    var reader = DelimitedTextReader(text: text)
    let header = try DelimitedTextHeader(reading: &reader)
    let isPrefill = try Column("is_prefill", header)
    let sequences = try Column("batch_size", header)
    let chunk = try Column("prefill_chunk", header)
    let context = try Column("kv_cache", header)
    let prefillTime = try Column("prefill_ms", header)
    let decodeTime = try Column("decode_ms", header)
    while try reader.advance() {
      let before = try context.number(reader)
      if try reader.text(isPrefill.index) == "True" {
        prefill.append(
          (try chunk.number(reader), before, try prefillTime.number(reader) * 1e-3))
      } else {
        let count = Int(try sequences.integer(reader))
        decode[count, default: []].append((before, try decodeTime.number(reader) * 1e-3))
      }
    }
    for count in decode.keys.sorted() { decode[count]?.sort { $0.context < $1.context } }
  }

  private mutating func readAllReduce(
    _ text: String, _ devices: Int
  ) throws(DelimitedTextError) {
    var reader = DelimitedTextReader(text: text)
    let header = try DelimitedTextHeader(reading: &reader)
    let workers = try Column("num_workers", header)
    let perNode = try Column("devices_per_node", header)
    let size = try Column("size", header)
    let time = try Column("time_stats.all_reduce.median", header)
    var rows: [(bytes: Double, seconds: Double)] = []
    while try reader.advance() {
      guard try workers.integer(reader) == Int64(devices),
        try perNode.integer(reader) == Int64(devices)
      else { continue }
      rows.append((try size.number(reader), try time.number(reader) * 1e-3))
    }
    rows.sort { ($0.bytes, $0.seconds) < ($1.bytes, $1.seconds) }
    // Several rows of one size: their mean.
    var i = 0
    while i < rows.count {
      var end = i
      var sum = 0.0
      while end < rows.count, rows[end].bytes == rows[i].bytes {
        sum += rows[end].seconds
        end += 1
      }
      allReduce.append((rows[i].bytes, sum / Double(end - i)))
      i = end
    }
  }
}

/// A column of a table, with the name by which an error calls it.
private struct Column {
  var name: String
  var index: Int

  init(_ name: String, _ header: DelimitedTextHeader) throws(DelimitedTextError) {
    self.name = name
    index = try header.require(name)
  }

  func number(_ reader: DelimitedTextReader) throws(DelimitedTextError) -> Double {
    try reader.number(index, column: name)
  }

  func integer(_ reader: DelimitedTextReader) throws(DelimitedTextError) -> Int64 {
    try reader.integer(index, column: name)
  }
}
