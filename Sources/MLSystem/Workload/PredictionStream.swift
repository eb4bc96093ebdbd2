/// Predictions of a model that are counted and not simulated as requests.
///
/// They are made elsewhere, in a batch or on a device, or a month of them would take too long. The
/// model's quality, labels, monitors and rollouts go on as with requests; nothing has a latency.
package struct PredictionStream: Sendable {
  package var name: String
  /// Index of the model.
  package var model: Int
  /// Predictions per second over the run.
  package var rate: RateProfile
  /// Share of the predictions that end in error whatever the version.
  package var errors: Double

  package init(name: String, model: Int, rate: RateProfile, errors: Double = 0) {
    self.name = name
    self.model = model
    self.rate = rate
    self.errors = errors
  }
}
