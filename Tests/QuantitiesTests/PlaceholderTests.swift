import Testing

@Test func placeholderOfQuantities() {}
