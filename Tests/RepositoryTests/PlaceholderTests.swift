import Testing

@Test func placeholderOfRepository() {}
