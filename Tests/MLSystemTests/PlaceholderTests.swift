import Testing

@Test func placeholderOfMLSystem() {}
