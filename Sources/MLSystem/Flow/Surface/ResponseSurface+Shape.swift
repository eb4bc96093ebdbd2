import Randomness

// Surfaces made from measured ones: monotone, between two, and for more replicas than measured.
extension ResponseSurface {
  /// The nodes with the number in system, and from ρ = 0.5 on every quantile, never falling.
  ///
  /// Sampling noise near saturation may let them fall; neighbours that do are averaged (pool
  /// adjacent violators). A service that collects batches may truly be faster at a higher load as
  /// long as that is low.
  static func forcedToRise(_ nodes: [SurfaceNode]) -> [SurfaceNode] {
    var nodes = nodes
    let numbers = risen(nodes.map(\.number))
    for place in nodes.indices { nodes[place].number = numbers[place] }
    guard let first = nodes.firstIndex(where: { $0.load >= 0.5 }) else { return nodes }
    let laws = ResponseLaws.risen(nodes[first...].map(\.laws))
    for (place, laws) in laws.enumerated() { nodes[first + place].laws = laws }
    return nodes
  }

  /// The nearest list that never falls, in the sense of least squares.
  package static func risen(_ values: [Double]) -> [Double] {
    var blocks: [(sum: Double, count: Int)] = []
    for value in values {
      blocks.append((value, 1))
      while blocks.count > 1, case let last = blocks[blocks.count - 1],
        case let before = blocks[blocks.count - 2],
        before.sum / Double(before.count) > last.sum / Double(last.count)
      {
        blocks.removeLast(2)
        blocks.append((before.sum + last.sum, before.count + last.count))
      }
    }
    return blocks.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
  }

  /// The surface of `replicas` between those of fewer and of more, `share` of the way.
  convenience init(
    replicas: Int, between low: ResponseSurface, and high: ResponseSurface, share: Double
  ) {
    func mix(_ a: Double, _ b: Double) -> Double { a + (b - a) * share }
    let nodes = zip(low.nodes, high.nodes).map { a, b in
      SurfaceNode(
        load: a.load, number: mix(a.number, b.number), waiting: mix(a.waiting, b.waiting),
        busy: mix(a.busy, b.busy), dropped: mix(a.dropped, b.dropped), batch: mix(a.batch, b.batch),
        noise: mix(a.noise, b.noise), correlation: mix(a.correlation, b.correlation),
        error50: max(a.error50, b.error50), error99: max(a.error99, b.error99),
        isMultimodal: a.isMultimodal || b.isMultimodal,
        laws: a.laws.combined(with: [b.laws]) { $0[0].moved(toward: $0[1], by: share) })
    }
    self.init(replicas: replicas, saturation: low.saturation, rising: nodes)
  }

  /// What was measured of saturated replicas.
  var saturation: SaturatedService {
    SaturatedService(
      capacity: capacity, serving: serving, dispersion: dispersion, error: capacityError,
      laws: saturated)
  }

  /// The surface of more replicas than were measured, which queue for themselves.
  convenience init(replicas: Int, like surface: ResponseSurface) {
    self.init(replicas: replicas, saturation: surface.saturation, rising: surface.nodes)
  }

  /// The surface of more replicas than were measured, which share what waits.
  ///
  /// In a large pool of c servers the chance of waiting depends on (1 - ρ)√c alone, and the number
  /// that waits grows as √c (Halfin and Whitt 1981, doi:10.1287/opre.29.3.567): each node moves to
  /// the load at which that is what it was, and its queue per replica shrinks.
  package convenience init(replicas: Int, pooled surface: ResponseSurface) {
    let scale = (Double(replicas) / Double(surface.replicas)).squareRoot()
    var nodes: [SurfaceNode] = []
    for var node in surface.nodes {
      let moved = 1 - (1 - node.load) / scale
      if node.load == surface.nodes[0].load {
        // The lightest node stands for all lighter loads, where nobody waits.
        nodes.append(node)
      }
      let working = node.number - node.waiting
      node.waiting /= scale
      node.number = working * moved / node.load + node.waiting
      node.busy = min(1, node.busy * moved / node.load)
      node.load = moved
      if moved > nodes[0].load { nodes.append(node) }
    }
    self.init(replicas: replicas, saturation: surface.saturation, rising: nodes)
  }
}

extension ResponseLaws {
  /// The laws at rising loads, every quantile of which never falls.
  static func risen(_ laws: [ResponseLaws]) -> [ResponseLaws] {
    guard let first = laws.first else { return [] }
    func risen(_ column: [LatencyLaw?]) -> [LatencyLaw?] {
      let known = column.compactMap(\.self)
      if known.count < column.count { return column }
      let levels = LatencyLaw.levels.indices.map { level in
        ResponseSurface.risen(known.map { $0.quantiles[level] })
      }
      return known.indices.map { node in LatencyLaw(quantiles: levels.map { $0[node] }) }
    }
    func transposed(_ rows: [[LatencyLaw?]]) -> [[LatencyLaw?]] {
      let columns = LawQuantity.allCases.indices.map { place in risen(rows.map { $0[place] }) }
      return rows.indices.map { row in columns.map { $0[row] } }
    }
    let all = transposed(laws.map(\.all))
    let members = first.members.indices.map { member in
      transposed(laws.map { $0.members[member] })
    }
    return laws.indices.map { node in
      ResponseLaws(all: all[node], members: members.map { $0[node] })
    }
  }
}
