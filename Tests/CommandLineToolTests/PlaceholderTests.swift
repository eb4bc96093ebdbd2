import Testing

@Test func placeholderOfCommandLineTool() {}
