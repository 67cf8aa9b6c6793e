/// The page of the concordance.
extension SiteRun {
    func concordancePage() -> [UInt8] {
        frame.page("Concordance", root: "", script: "concordance.js") { page in
            page.html(
                """
                <h1>Concordance</h1>
                <noscript><p>The concordance needs scripts. All other pages of the site are complete without them.</p></noscript>
                <form id="kwic"><input name="q" aria-label="Word or phrase" placeholder="wall*">
                <label>Sort by <select name="sort"><option value="document">document</option><option value="0">the word itself</option>
                """)
            for (name, side) in [("right", "R"), ("left", "L")] {
                for distance in 1...3 {
                    let words = ["first", "second", "third"][distance - 1]
                    page.html("<option value=\"\(distance)\(side)\">\(words) word to the \(name)</option>")
                }
            }
            page.html(
                """
                </select></label> <button>Look up</button></form>
                <p class="note">A word, with <code>*</code> for any letters and <code>?</code> for one; words that follow each \
                other; alternatives with <code>|</code>. Case and accents do not matter.</p>
                <p id="status" role="status"></p>
                <div class="kwic"><table><tbody id="lines"></tbody></table></div>
                <p><button id="further" type="button" hidden>Show more lines</button>
                <button id="more" type="button" hidden>Read more documents</button></p>
                <script src="search-index.js"></script>

                """)
        }
    }
}
