/// The page of the search.
extension SiteRun {
    func searchPage() -> [UInt8] {
        frame.page("Search", root: "", script: "search.js") { page in
            page.html(
                """
                <h1>Search</h1>
                <noscript><p>The search needs scripts. All other pages of the site are complete without them.</p></noscript>
                <p id="status" role="status"></p>
                <div id="results"></div>
                <button id="more" type="button" hidden>Show more</button>
                <p class="note"><a href="concordance.html">Concordance</a>: every place of a word in its context.</p>
                <script src="search-index.js"></script>

                """)
        }
    }
}
