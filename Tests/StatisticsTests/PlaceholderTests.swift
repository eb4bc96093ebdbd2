import Testing

@Test func placeholderOfStatistics() {}
