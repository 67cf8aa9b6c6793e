// Reads the index of all sentences for the search and the concordance. It needs no server: it loads the files of the index as
// scripts, which works from a folder too.
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

// Letters that are not made of a letter and an accent, as readers without a key for them write them; as WordForms has them.
var stand = { 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'ø': 'o', 'đ': 'd', 'ð': 'd', 'þ': 'th', 'ł': 'l', 'ı': 'i', 'ħ': 'h', 'ŧ': 't',
  'ŋ': 'n', 'ς': 'σ', 'ſ': 's' };
function plain(text) { return text.replace(/[ßæœøđðþłıħŧŋςſ]/g, function (letter) { return stand[letter]; }); }
// As the index folds words: without accents, in small letters; signs of scripts without spaces stand alone.
function fold(text) { return plain(text.normalize('NFKD').toLowerCase().replace(/[\p{Mn}\p{Dia}]/gu, '')); }
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
// Loads the list of all files; has to be done before anything else is asked for.
function open() {
  return load('index', 'index').then(function (value) {
    index = value;
    index.order = Object.create(null);
    index.texts.forEach(function (portion, k) { index.order[portion[0]] = k; });
    return index;
  });
}
window.colophonSearch = { open: open, words: words, plain: plain, places: places, entries: entries };
})();
