import Testing

@Test func placeholderOfScenarios() {}
