extension Sample {
  /// 600 predictions of which one in ten is wrong and, from row 401 on, one in three.
  static let errors: String = {
    var state: UInt64 = 4
    var text = "said,was,error\n"
    for row in 1...600 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let isWrong = Double(state >> 11) * 0x1p-53 < (row > 400 ? 1.0 / 3 : 0.1)
      let truth = row.isMultiple(of: 2) ? "cat" : "dog"
      let said = isWrong ? (truth == "cat" ? "dog" : "cat") : truth
      text += "\(said),\(truth),\(isWrong ? 1 : 0)\n"
    }
    return text
  }()

  /// Accuracy by age: of boosted trees on the rainfall of 50 years (own computation), and one that
  /// does not fall.
  static let ages: String = {
    let rain = [
      0.7656, 0.7545, 0.74, 0.7367, 0.7334, 0.7289, 0.7225, 0.7134, 0.7111, 0.6991, 0.7027, 0.6936,
    ]
    let rows = rain.enumerated().map { "rain,\($0 + 1),\($1)\nsteady,\($0 + 1),0.8\n" }
    return "set,weeks,accuracy\n" + rows.joined()
  }()
}
