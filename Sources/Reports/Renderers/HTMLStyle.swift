/// The style sheet of a page: light and dark, narrow screens, print.
///
/// The colours are those of Okabe and Ito; on a dark ground the two darkest are lightened.
package enum HTMLStyle {
  /// The rules, as they stand in every page.
  package static let sheet = """
    :root{color-scheme:light dark;--ground:#fff;--card:#f6f7f9;--ink:#16191d;--soft:#5a626c;
    --rule:#d9dde2;--grid:#e6e9ed;--good:#00714f;--bad:#b23c00;--doubt:#855c00;
    --c0:#0072b2;--c1:#e69f00;--c2:#009e73;--c3:#d55e00;--c4:#56b4e9;--c5:#cc79a7;--c6:#f0e442;
    --c7:#8a9099;--stripe:rgba(0,0,0,.28)}
    @media (prefers-color-scheme:dark){:root{--ground:#14171a;--card:#1d2125;--ink:#e8eaed;
    --soft:#a3abb5;--rule:#353b42;--grid:#2a2f35;--good:#3ecf9c;--bad:#ff8a4c;--doubt:#f0b83c;
    --c0:#4aa8e0;--c1:#e69f00;--c2:#19b98a;--c3:#ee7a2a;--c4:#8fcdf2;--c5:#d993b8;--c6:#f0e442;
    --c7:#98a0aa;--stripe:rgba(0,0,0,.42)}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--ground);color:var(--ink);
    font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
    h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0 1rem;overflow-wrap:anywhere}
    h2{font-size:1.2rem;margin:2.5rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--rule)}
    p{margin:.5rem 0;overflow-wrap:anywhere}
    nav{font-size:.875rem;margin:1rem 0;color:var(--soft)}
    nav a{color:var(--soft);margin-right:.9rem;white-space:nowrap}
    .banner{border-left:.4rem solid var(--soft);background:var(--card);border-radius:.3rem;
    padding:.9rem 1.1rem;margin:0 0 1rem}
    .banner .answer{font-size:1.2rem;font-weight:600;margin:0}
    .banner .basis{font-size:.875rem;color:var(--soft);margin:.35rem 0 0}
    .banner.met{border-color:var(--good)}.banner.breached{border-color:var(--bad)}
    .banner.undecided{border-color:var(--doubt)}
    .remark{color:var(--soft);font-weight:400;font-size:.875rem}
    .mark{font-weight:700;white-space:nowrap}
    .mark.met{color:var(--good)}.mark.breached{color:var(--bad)}
    .mark.undecided{color:var(--doubt)}
    .scroll{overflow-x:auto;margin:.75rem 0;max-width:100%}
    table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums;
    min-width:100%}
    caption{text-align:left;font-weight:600;padding:.25rem 0 .35rem}
    th,td{padding:.3rem .7rem .3rem 0;text-align:left;vertical-align:top}
    th{color:var(--soft);font-weight:600;border-bottom:1px solid var(--rule);vertical-align:bottom;
    white-space:nowrap}
    td{border-bottom:1px solid var(--grid)}
    td.value,th.value{text-align:right;white-space:nowrap}
    td.interval,td.range,td.text{white-space:nowrap}
    td.range,td small{color:var(--soft)}
    td small{display:block}
    td.label{min-width:7rem;overflow-wrap:break-word}
    td.note{min-width:11rem;overflow-wrap:break-word}
    tr.total td{font-weight:600;border-top:1px solid var(--soft)}
    tr.faint td{color:var(--soft)}
    .unknown{color:var(--doubt);font-weight:600}
    .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem;
    margin:1rem 0}
    .card{background:var(--card);border-radius:.4rem;padding:.7rem .9rem}
    .card .name{font-size:.8125rem;color:var(--soft)}
    .card .number{font-size:1.35rem;font-weight:600;font-variant-numeric:tabular-nums}
    .card .more{font-size:.8125rem;color:var(--soft);font-variant-numeric:tabular-nums}
    figure{margin:1.5rem 0}
    figcaption{margin-bottom:.4rem}
    figcaption b{display:block;overflow-wrap:anywhere}
    figcaption span{font-size:.875rem;color:var(--soft)}
    svg{display:block;width:100%;min-width:34rem;height:auto}
    svg.defs{position:absolute;width:0;min-width:0;height:0}
    details{font-size:.875rem;margin:.4rem 0}
    summary{color:var(--soft);cursor:pointer}
    ul{padding-left:1.2rem;margin:.5rem 0}
    li{margin:.2rem 0;overflow-wrap:anywhere}
    pre{background:var(--card);border-radius:.3rem;padding:.6rem .8rem;margin:.4rem 0;
    overflow-x:auto;
    font:.8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,"DejaVu Sans Mono",monospace}
    .t{font-size:12px;fill:var(--soft)}
    .g{stroke:var(--grid)}.a{stroke:var(--soft)}
    .l{fill:none;stroke-width:2;stroke-linejoin:round}
    .e{stroke:var(--ground);stroke-width:1}
    .w{stroke:var(--ink);stroke-width:1.6}
    .dot{fill:var(--c0);stroke:var(--c0);stroke-width:2}.hollow{fill:var(--ground)}
    .up{fill:var(--c3)}.down{fill:var(--c2)}
    .limit{stroke:var(--bad);stroke-width:1.6;stroke-dasharray:7 4}
    .event{fill:currentColor;opacity:.16}.event-text{font-size:9px;opacity:.75}
    .limit-text{fill:var(--bad)}.limit-mark{fill:var(--bad)}
    .stripe{stroke:var(--stripe);stroke-width:1.6;fill:none}
    .fade{opacity:.4}.ink{fill:var(--ink)}.strong{font-weight:700}.thick{stroke-width:3}.dash{stroke-dasharray:3 3}
    .beaten{fill:var(--c7);stroke:var(--soft)}.none{fill:var(--card)}
    .frontier{fill:none;stroke:var(--c0);stroke-width:1.6;stroke-dasharray:5 3;opacity:.7}
    .box{fill:var(--c4);fill-opacity:.3;stroke:var(--ink);stroke-width:1.2}
    .node{fill:var(--card);stroke:var(--ink);stroke-width:1.4}.node-name{font-weight:600;fill:var(--ink)}
    .n-stream{stroke-dasharray:2 3}.n-service{stroke:var(--c0)}.n-source{stroke:var(--c1)}
    .n-task{stroke:var(--c5);stroke-dasharray:6 3}.n-model{stroke:var(--c2);stroke-width:2.4}
    .head{fill:var(--soft)}
    .halo{paint-order:stroke;stroke:var(--ground);stroke-width:4px;stroke-linejoin:round}
    \(lines)
    \(heats)
    @media (max-width:30rem){main{padding:1rem .75rem 3rem}h1{font-size:1.3rem}
    nav a{white-space:normal}
    .banner .answer{font-size:1.05rem}svg{min-width:32rem}td.label{min-width:5.2rem}
    .cards{grid-template-columns:repeat(auto-fit,minmax(9rem,1fr))}
    .verdicts thead{display:none}.verdicts td{border:0;padding:.1rem .6rem .1rem 0}
    .verdicts tr{display:grid;grid-template-columns:3rem auto 1fr;padding:.35rem 0;
    border-bottom:1px solid var(--grid)}.verdicts td.label,.verdicts td.note{grid-column:2/4}
    .verdicts td.value{grid-column:2;text-align:left}
    .stack thead{display:none}.stack tr{display:block;padding:.45rem 0;
    border-bottom:1px solid var(--grid)}.stack tr.total{border-top:1px solid var(--soft)}
    .stack td{display:grid;grid-template-columns:7.5rem 1fr;gap:.5rem;border:0;padding:.1rem 0;
    white-space:normal;text-align:left;min-width:0;overflow-wrap:anywhere}
    .stack tr.total td{border:0}.stack td:empty{display:none}
    .stack td::before{content:attr(data-head);color:var(--soft);font-weight:400}
    .stack td[data-head=""]::before{content:none}.stack td[data-head=""]{display:block}
    .stack td:first-child{font-weight:600}.stack small{grid-column:2}}
    @media print{:root{color-scheme:light;--ground:#fff;--card:#fff;--ink:#000;--soft:#444}
    main{max-width:none;padding:0}nav{display:none}.scroll{overflow:visible}svg{min-width:0}
    h2,figcaption{break-after:avoid}figure,.card,tr{break-inside:avoid}
    table{font-size:.75rem}td,th{padding-right:.4rem}th{overflow-wrap:anywhere}
    th,td.text,td.interval,td.range{white-space:normal}
    pre{white-space:pre-wrap;overflow-wrap:anywhere}}
    """

  /// What a picture needs that stands in a file of its own.
  static let pictures =
    sheet + "svg{background:var(--ground);font-family:system-ui,sans-serif}"

  /// Dashes that tell lines apart without colour.
  private static let dashes = ["", "7 3", "2 3", "10 3 2 3", "4 2", "1 4", "12 4", "6 2 1 2"]

  private static let lines = (0..<Palette.count).map { index in
    let dash = dashes[index].isEmpty ? "" : ";stroke-dasharray:\(dashes[index])"
    return ".s\(index){stroke:var(--c\(index))\(dash)}"
      + ".b\(index){fill:var(--c\(index));opacity:.2}.f\(index){fill:url(#fill-\(index))}"
      + ".g\(index){fill:var(--c\(index))}"
  }.joined(separator: "\n")

  /// Steps of one hue under numbers, pale enough for the ink of the page.
  private static let heats = (0..<HeatPlot.steps).map { index in
    ".h\(index){fill:var(--c0);fill-opacity:.\(["04", "1", "17", "24", "31", "39", "47", "56"][index])}"
  }.joined()

  /// Hatchings that tell areas apart without colour; one set for all pictures of a page.
  static let definitions = {
    let stripes = [
      "", "M0 8L8 0", "M0 4H8", "M4 0V8", "M0 0L8 8", "M2 2h1M6 6h1", "M0 4H8M4 0V8",
      "M0 8L8 0M0 0L8 8",
    ]
    let patterns = stripes.enumerated().map { index, stripe in
      let over = stripe.isEmpty ? "" : "<path class=\"stripe\" d=\"\(stripe)\"/>"
      return "<pattern id=\"fill-\(index)\" width=\"8\" height=\"8\" "
        + "patternUnits=\"userSpaceOnUse\">"
        + "<rect class=\"g\(index)\" width=\"8\" height=\"8\"/>\(over)</pattern>"
    }
    return "<svg class=\"defs\" aria-hidden=\"true\"><defs>" + patterns.joined()
      + "</defs></svg>\n"
  }()
}
