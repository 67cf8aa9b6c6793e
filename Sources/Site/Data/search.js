// The search of the site, over the index that search-index.js reads.
(function () {
'use strict';
var reader = window.colophonSearch, words = reader.words;
function has(text, asked) {
  var own = words(text);
  return asked.every(function (word) { return own.some(function (o) { return o.indexOf(word) === 0; }); });
}
// A sentence with the words that were asked for marked.
function marked(text, asked) {
  var part = document.createElement('span');
  text.split(/([\p{L}\p{M}\p{N}]+)/u).forEach(function (piece) {
    var folded = words(piece);
    if (folded.length && folded.some(function (f) { return asked.some(function (word) { return f.indexOf(word) === 0; }); })) {
      var mark = document.createElement('mark');
      mark.textContent = piece;
      part.appendChild(mark);
    } else { part.appendChild(document.createTextNode(piece)); }
  });
  return part;
}
var status = document.getElementById('status'), results = document.getElementById('results'), more = document.getElementById('more');
var form = document.querySelector('header.site form'), run = 0;
function search(text) {
  var asked = Array.from(new Set(words(text))), own = ++run;
  results.textContent = '';
  more.hidden = true;
  if (!asked.length) { status.textContent = 'Give one or more words. A word also finds longer words that begin with it.'; return; }
  status.textContent = 'Searching …';
  reader.open().then(function (index) {
    return index.words.length ? Promise.all(asked.map(reader.places)) : [new Set()];
  }).then(function (sets) {
    if (own !== run) { return; }
    var found = Array.from(sets[0]).filter(function (place) { return sets.every(function (set) { return set.has(place); }); });
    found.sort(function (a, b) { return a - b; });
    status.textContent = found.length === 0 ? 'No document has ' + (asked.length > 1 ? 'all of these words.' : 'this word.')
      : found.length === 1 ? '1 document' : found.length + ' documents';
    var next = 0;
    function show() {
      var some = found.slice(next, next + 20);
      next += some.length;
      more.hidden = next >= found.length;
      return Promise.all(some.map(reader.entries)).then(function (lists) {
        if (own !== run) { return; }
        lists.forEach(function (list) {
          if (!list.length) { return; }
          var article = document.createElement('article'), heading = document.createElement('h2'), link = document.createElement('a');
          article.dir = 'auto';
          link.href = list[0][1];
          link.textContent = list[0][2];
          heading.appendChild(link);
          article.appendChild(heading);
          var origin = document.createElement('p');
          origin.className = 'note';
          origin.textContent = list[0][3];
          article.appendChild(origin);
          var all = [];
          list.forEach(function (entry) { entry[4].forEach(function (s) { all.push([entry[1] + '#s' + s[0], s[1]]); }); });
          var hits = all.filter(function (s) { return has(s[1], asked); });
          if (!hits.length) { hits = all.filter(function (s) { return asked.some(function (word) { return has(s[1], [word]); }); }); }
          hits.slice(0, 5).forEach(function (hit) {
            var line = document.createElement('p'), place = document.createElement('a');
            place.href = hit[0];
            place.textContent = '¶';
            place.setAttribute('aria-label', 'in the document');
            line.appendChild(marked(hit[1], asked));
            line.appendChild(document.createTextNode(' '));
            line.appendChild(place);
            article.appendChild(line);
          });
          if (hits.length > 5) {
            var rest = document.createElement('p');
            rest.className = 'note';
            rest.textContent = (hits.length - 5) + ' more sentences in this document';
            article.appendChild(rest);
          }
          results.appendChild(article);
        });
      });
    }
    more.onclick = show;
    return show();
  }).catch(function (error) { status.textContent = 'The index could not be loaded: ' + error.message; });
}
var asked = new URLSearchParams(location.search).get('q') || '';
form.elements.q.value = asked;
form.addEventListener('submit', function (event) {
  event.preventDefault();
  history.replaceState(null, '', '?q=' + encodeURIComponent(form.elements.q.value));
  search(form.elements.q.value);
});
search(asked);
})();
