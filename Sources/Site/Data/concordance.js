// The concordance of the site: every place of a word or a phrase in its context, the node in one column. It needs no server:
// it reads the index of the search, then the sentences of the documents that may have the words.
(function () {
'use strict';
var reader = window.colophonSearch, at = function (id) { return document.getElementById(id); };
var context = 10, portion = 200, shown = 500;
var form = at('kwic'), status = at('status'), table = at('lines'), more = at('more'), further = at('further');
var letters = '\\p{L}\\p{M}\\p{N}', token = new RegExp('[' + letters + ']+(?:[\'’ʼ\\u00ad][' + letters + ']+)*', 'gu');
var run = 0;

// As words are compared by `colophon find`: neither capitals nor diacritics count, a possessive ending is no part of a word.
function fold(word) {
  // a letter of its own, which no reader takes for и
  return word.split(/([йЙ])/).map(function (part) {
    if (part === 'й' || part === 'Й') { return 'й'; }
    return reader.plain(part.normalize('NFD').replace(/[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/g, '')
      .toLowerCase().replace(/[\u0300-\u036f]/g, ''));
  }).join('').replace(/[’ʼ]/g, "'").replace(/\u00ad/g, '').replace(/'s?$/, '');
}
// A pattern as alternatives, each of them a list of tests for words that follow each other; null for one that can't be looked for.
function parsed(text) {
  var alternatives = text.split('|').map(function (alternative) {
    return alternative.trim().split(/[\s-]+/).filter(Boolean).map(function (word) {
      var known = word.split(/[*?]/)[0], folded = fold(word.replace(/[*?]/g, ''));
      var body = word.split(/([*?])/).map(function (part) {
        if (part === '*') { return '.*'; }
        if (part === '?') { return '.'; }
        return fold(part + 'x').slice(0, -1).replace(/[.+^${}()|[\]\\]/g, '\\$&');
      }).join('');
      if (!/[*?]/.test(word)) { body = folded.replace(/[.+^${}()|[\]\\]/g, '\\$&'); }
      return { start: reader.words(known), test: new RegExp('^' + body + '$', 'u'), isAny: folded === '' };
    });
  });
  var bad = alternatives.some(function (list) {
    return !list.length || !list.some(function (word) { return word.start.length; })
      || list.some(function (word) { return word.isAny && !word.test.test('x'); });
  });
  return bad ? null : alternatives;
}
// The documents that have the words of an alternative, as far as their beginnings tell.
function candidates(list) {
  var starts = [];
  list.forEach(function (word) { starts = starts.concat(word.start); });
  return Promise.all(starts.map(reader.places)).then(function (sets) {
    return Array.from(sets[0]).filter(function (place) { return sets.every(function (set) { return set.has(place); }); });
  });
}
function tokens(text) {
  var found = [], match;
  token.lastIndex = 0;
  while ((match = token.exec(text))) { found.push({ from: match.index, to: token.lastIndex, word: fold(match[0]) }); }
  return found;
}
// The places in the sentences of a document, from left to right. They do not overlap; the longest alternative counts.
function hits(document, alternatives) {
  var words = [], found = [];
  document.forEach(function (entry) {
    entry[4].forEach(function (sentence) {
      tokens(sentence[1]).forEach(function (one) {
        words.push({ word: one.word, from: one.from, to: one.to, text: sentence[1], sentence: sentence[0], address: entry[1] });
      });
    });
  });
  function touches(a, b) { return a.sentence === b.sentence && /^(\s*|[-‐‑])$/.test(b.text.slice(a.to, b.from)); }
  for (var k = 0; k < words.length; k++) {
    var longest = 0;
    alternatives.forEach(function (list) {
      if (list.length <= longest || k + list.length > words.length) { return; }
      for (var n = 0; n < list.length; n++) {
        if (!list[n].test.test(words[k + n].word) || n && !touches(words[k + n - 1], words[k + n])) { return; }
      }
      longest = list.length;
    });
    if (!longest) { continue; }
    found.push({ words: words, at: k, length: longest, name: document[0][2], origin: document[0][3] });
    k += longest - 1;
  }
  return found;
}
// The text from the first of some words to the last, over the ends of sentences.
function text(words, from, to) {
  var parts = [], k = from;
  while (k < to) {
    var first = words[k], end = k;
    while (end + 1 < to && words[end + 1].sentence === first.sentence) { end += 1; }
    var start = k === from ? first.from : 0, stop = end + 1 === to ? words[end].to : first.text.length;
    parts.push(first.text.slice(start, stop));
    k = end + 1;
  }
  return parts.join(' ').replace(/\s+/g, ' ');
}
function key(hit, order) {
  if (order === '0') { return text(hit.words, hit.at, hit.at + hit.length).toLowerCase(); }
  var distance = parseInt(order, 10), place = order.slice(-1) === 'R' ? hit.at + hit.length - 1 + distance : hit.at - distance;
  return hit.words[place] ? hit.words[place].word : '';
}
function row(hit) {
  var line = document.createElement('tr'), node = hit.words[hit.at], end = hit.at + hit.length;
  function cell(className, content) {
    var one = document.createElement('td');
    one.className = className;
    one.appendChild(content);
    line.appendChild(one);
  }
  var left = text(hit.words, Math.max(0, hit.at - context), hit.at + 1), right = text(hit.words, end - 1, Math.min(hit.words.length, end + context));
  var first = text(hit.words, hit.at, hit.at + 1), last = text(hit.words, end - 1, end), mark = document.createElement('mark');
  var inner = document.createElement('bdi');
  inner.textContent = left.slice(0, left.length - first.length);
  cell('left', inner);
  mark.textContent = text(hit.words, hit.at, end);
  cell('node', mark);
  cell('right', document.createTextNode(right.slice(last.length)));
  var link = document.createElement('a');
  link.href = node.address + '#s' + node.sentence;
  link.textContent = hit.name;
  link.title = hit.origin;
  cell('place', link);
  return line;
}
function count(number, noun) { return number.toLocaleString('en') + ' ' + noun + (number === 1 ? '' : 's'); }
function look(pattern, order) {
  var own = ++run, alternatives = parsed(pattern);
  table.textContent = '';
  more.hidden = further.hidden = true;
  if (!pattern.trim()) { status.textContent = 'Give a word, such as wall, wall*, w?ll, sea wall or wall|dam.'; return; }
  if (!alternatives) { status.textContent = 'Each alternative needs a word that begins with a letter or digit.'; return; }
  status.textContent = 'Searching …';
  var all = [], found = [], next = 0, limit = shown;
  function show() {
    var sorted = found.map(function (hit, place) { return { hit: hit, place: place, key: order === 'document' ? '' : key(hit, order) }; });
    sorted.sort(function (a, b) { return a.key < b.key ? -1 : a.key > b.key ? 1 : a.place - b.place; });
    table.textContent = '';
    sorted.slice(0, limit).forEach(function (item) { table.appendChild(row(item.hit)); });
    var documents = new Set(found.map(function (hit) { return hit.words; })).size;
    var rest = all.length - next;
    status.textContent = !found.length && !rest ? 'No document has this.'
      : count(found.length, 'occurrence') + ' in ' + count(documents, 'document')
        + (rest > 0 ? ' so far: ' + count(rest, 'more document') + ' may have it' : '')
        + (found.length > limit ? '. The first ' + limit.toLocaleString('en') + ' lines are shown' : '') + '.';
    more.hidden = rest <= 0;
    further.hidden = found.length <= limit;
  }
  function read() {
    var some = all.slice(next, next + portion);
    next += some.length;
    return Promise.all(some.map(reader.entries)).then(function (lists) {
      if (own !== run) { return; }
      lists.forEach(function (list) { if (list.length) { found = found.concat(hits(list, alternatives)); } });
      show();
    });
  }
  more.onclick = read;
  further.onclick = function () { limit += shown; show(); };
  reader.open().then(function (index) {
    return index.words.length ? Promise.all(alternatives.map(candidates)) : [];
  }).then(function (lists) {
    if (own !== run) { return; }
    all = Array.from(new Set([].concat.apply([], lists))).sort(function (a, b) { return a - b; });
    return read();
  }).catch(function (error) { status.textContent = 'The index could not be loaded: ' + error.message; });
}
var asked = new URLSearchParams(location.search);
form.elements.q.value = asked.get('q') || '';
form.elements.sort.value = asked.get('sort') || 'document';
if (form.elements.sort.selectedIndex < 0) { form.elements.sort.value = 'document'; }
function start() {
  history.replaceState(null, '', '?q=' + encodeURIComponent(form.elements.q.value) + '&sort=' + form.elements.sort.value);
  look(form.elements.q.value, form.elements.sort.value);
}
form.addEventListener('submit', function (event) { event.preventDefault(); start(); });
form.elements.sort.addEventListener('change', start);
look(form.elements.q.value, form.elements.sort.value);
})();
