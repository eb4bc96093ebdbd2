import Testing

@Test func placeholderOfSyntax() {}
