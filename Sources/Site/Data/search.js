// The search of the site. It needs no server: it loads the files of the index as scripts, which works from a folder too.
(function () {
'use strict';
var index = null, waiting = {};
function load(name, key) {
  return new Promise(function (resolve, reject) {
    if (waiting[key]) { waiting[key].push(resolve); return; }
    waiting[key] = [resolve];
    var script = document.createElement('script');
    script.src = 'search/' + name + '.js';
    script.onerror = function () { reject(new Error(name)); };
    document.head.appendChild(script);
  });
}
function give(key, value) {
  (waiting[key] || []).forEach(function (resolve) { resolve(value); });
  waiting[key] = { push: function (resolve) { resolve(value); } };
}
window.colophonIndex = function (value) { give('index', value); };
window.colophonWords = function (name, value) { give('w' + name, value); };
window.colophonTexts = function (name, value) { give('t' + name, value); };

// As the index folds words: without accents, in small letters; signs of scripts without spaces stand alone.
function fold(text) { return text.normalize('NFKD').toLowerCase().replace(/[\p{Mn}\p{Dia}]/gu, ''); }
function words(text) {
  return fold(text).match(/[\p{Ideographic}\u3040-\u30ff]|(?:(?![\p{Ideographic}\u3040-\u30ff])[\p{Alphabetic}\p{N}])+/gu) || [];
}
function before(a, b) {
  var x = new TextEncoder().encode(a), y = new TextEncoder().encode(b);
  for (var k = 0; k < x.length && k < y.length; k++) { if (x[k] !== y[k]) { return x[k] < y[k]; } }
  return x.length < y.length;
}
// The place of a document among all: those of a portion stand together, in the order of the portions.
var most = 1024;
// The places of the documents that have a word which begins with `word`.
function places(word) {
  var first = 0;
  while (first + 1 < index.words.length && !before(word, index.words[first + 1][0])) { first += 1; }
  var files = [first];
  while (first + 1 < index.words.length && index.words[first + 1][0].indexOf(word) === 0) { first += 1; files.push(first); }
  return Promise.all(files.map(function (k) {
    var name = index.words[k][1];
    return load('words-' + name, 'w' + name);
  })).then(function (lists) {
    var found = new Set();
    lists.forEach(function (list) {
      list.forEach(function (entry) {
        if (entry[0].indexOf(word) !== 0) { return; }
        entry[1].split(' ').forEach(function (token) {
          var parts = token.split(':'), base = index.order[parts[0]] * most;
          parts[1].split(',').forEach(function (place) { found.add(base + parseInt(place, 36)); });
        });
      });
    });
    return found;
  });
}
// The entries of a document: [place, address, name, origin, [[sentence, text], …]].
function entries(place) {
  var portion = index.texts[Math.floor(place / most)], files = [];
  for (var k = 0; k < portion[1]; k++) { files.push(k ? portion[0] + '-' + (k + 1) : portion[0]); }
  return Promise.all(files.map(function (name) { return load('texts-' + name, 't' + name); })).then(function (lists) {
    return [].concat.apply([], lists).filter(function (entry) { return entry[0] === place % most; });
  });
}
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
  load('index', 'index').then(function (value) {
    index = value;
    index.order = Object.create(null);
    index.texts.forEach(function (portion, k) { index.order[portion[0]] = k; });
    return index.words.length ? Promise.all(asked.map(places)) : [new Set()];
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
      return Promise.all(some.map(entries)).then(function (lists) {
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
