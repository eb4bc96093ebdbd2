import Testing

@Test func placeholderOfPricing() {}
