import Testing

@Test func placeholderOfDiscreteEvents() {}
