import Testing

@Test func placeholderOfRandomness() {}
