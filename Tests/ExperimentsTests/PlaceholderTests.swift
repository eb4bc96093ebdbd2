import Testing

@Test func placeholderOfExperiments() {}
