import Testing

@Test func placeholderOfReports() {}
