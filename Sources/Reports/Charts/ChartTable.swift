extension Chart {
  /// The numbers that the chart draws, as a table.
  package var table: Table {
    switch content {
    case .timeSeries(let chart): table(of: chart)
    case .percentiles(let chart): table(of: chart)
    case .bars(let chart): table(of: chart)
    case .waterfall(let chart): table(of: chart)
    case .intervals(let chart): table(of: chart)
    case .incidents(let chart): table(of: chart)
    case .tornado(let chart): chart.table(id: id)
    case .scatter(let chart): chart.table(id: id)
    case .boxes(let chart): chart.table(id: id)
    case .load(let chart): chart.table(id: id)
    case .heat(let chart): chart.table(id: id)
    case .columns(let chart): table(of: chart)
    case .diagram(let chart): chart.table(id: id)
    }
  }

  private func table(of chart: TimeSeriesChart) -> Table {
    let count = chart.lines.map(\.values.count).max() ?? 0
    let thinned = chart.lines.map {
      Set(Downsampling.indices(of: $0.values, atMost: ChartWriter.pointLimit))
    }
    let kept = (0..<count).filter { index in thinned.contains { $0.contains(index) } }
    var columns = [Column("from", .reading(.value), unit: chart.along)]
    for line in chart.lines {
      columns.append(Column(line.name, .reading(.value), unit: chart.unit))
      guard !line.low.isEmpty else { continue }
      columns.append(Column("\(line.name) P10", .reading(.value), unit: chart.unit))
      columns.append(Column("\(line.name) P90", .reading(.value), unit: chart.unit))
    }
    let rows = kept.map { index in
      Row(
        [.reading(.exact(Double(index) * chart.step, chart.along))]
          + chart.lines.flatMap { line in
            ([line.values] + (line.low.isEmpty ? [] : [line.low, line.high])).map {
              cell(index < $0.count ? $0[index] : nil, chart.unit)
            }
          })
    }
    return Table(id: id, columns: columns, rows: rows)
  }

  private func table(of chart: PercentileChart) -> Table {
    Table(
      id: id,
      columns: [Column("share of requests", .label)]
        + chart.curves.map { Column($0.name, .reading(.value), unit: chart.unit) },
      rows: chart.shares.enumerated().map { index, share in
        let percent = NumberText.exact((share * 1e6).rounded() / 1e4)
        return Row(
          [.text(percent + " %")] + chart.curves.map { cell($0.values[index], chart.unit) })
      })
  }

  private func table(of chart: BarChart) -> Table {
    let hasRange = chart.bars.contains { $0.range != nil }
    let parts = chart.parts.count > 1 ? chart.parts : []
    var columns = [Column("", .label)]
    columns += parts.map { Column($0, .reading(.value), unit: chart.unit) }
    columns.append(Column(parts.isEmpty ? "value" : "sum", .reading(.value), unit: chart.unit))
    if hasRange {
      columns.append(Column("P10", .reading(.value), unit: chart.unit))
      columns.append(Column("P90", .reading(.value), unit: chart.unit))
    }
    let rows = chart.bars.map { bar in
      var cells: [Cell] = [.text(bar.label)]
      if !parts.isEmpty { cells += bar.values.map { cell($0, chart.unit) } }
      cells.append(cell(bar.values.reduce(0, +), chart.unit))
      if hasRange {
        cells += [cell(bar.range?.low, chart.unit), cell(bar.range?.high, chart.unit)]
      }
      return Row(cells)
    }
    return Table(id: id, columns: columns, rows: rows)
  }

  private func table(of chart: WaterfallChart) -> Table {
    Table(
      id: id,
      columns: [Column("", .label), Column("amount", .reading(.value), unit: chart.unit)],
      rows: [Row([.text(chart.startLabel), cell(chart.start, chart.unit)])]
        + chart.steps.map {
          Row([.text($0.label), .reading(Self.drawn($0.change, chart.unit).asDifference)])
        }
        + [Row([.text(chart.endLabel), cell(chart.end, chart.unit)], .total)])
  }

  private func table(of chart: IntervalChart) -> Table {
    Table(
      id: id,
      columns: [
        Column("", .label),
        Column(
          chart.zeroLabel == nil ? "found" : "difference", .reading(.interval), unit: chart.unit),
      ], rows: chart.dots.map { Row([.text($0.label), .reading(chart.reading($0))]) })
  }

  private func table(of chart: IncidentChart) -> Table {
    let events = chart.lanes.flatMap { lane in lane.events.map { (lane.name, $0) } }
    return Table(
      id: id,
      columns: [
        Column("what", .label), Column("from", .reading(.value)), Column("to", .reading(.value)),
        Column("", .note),
      ],
      rows: events.map { lane, event in
        Row([
          .text(lane), .reading(.exact(event.from, .seconds)),
          .reading(.exact(event.to, .seconds)), .text(event.text),
        ])
      })
  }

  private func cell(_ value: Double?, _ unit: Unit) -> Cell {
    guard let value else { return .text("") }
    return .reading(Self.drawn(value, unit))
  }

  /// A drawn value: its interval is told where the figure itself stands.
  static func drawn(_ value: Double, _ unit: Unit) -> Reading {
    switch unit {
    case .dollars: .observed(value, unit).withDecimals(2)
    case .seconds, .ratio, .points, .number: .observed(value, unit)
    }
  }
}
