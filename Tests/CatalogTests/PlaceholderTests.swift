import Testing

@Test func placeholderOfCatalog() {}
