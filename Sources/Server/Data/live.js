// Follows the project: when a run has written pages, this one is loaded again and shown at the same place, with the same
// passages open; what keeps a run from its end is shown on top, with the lines of the file.
(function () {
'use strict';
var state = null, box = null, isDue = false, isAsking = false;
var isOwnPage = location.pathname.indexOf('/live/') === 0;

// Where the reader is: the last element with a name above the middle of the window, and what is open.
function save() {
  var place = { path: location.pathname + location.search, y: scrollY, name: null, top: 0, open: [], details: [], filters: [] };
  Array.prototype.forEach.call(document.querySelectorAll('main [id]'), function (element) {
    var top = element.getBoundingClientRect().top;
    if (element.offsetParent && top < innerHeight / 2) { place.name = element.id; place.top = top; }
  });
  Array.prototype.forEach.call(document.querySelectorAll('main a[aria-expanded="true"]'), function (link) { place.open.push(link.getAttribute('href')); });
  Array.prototype.forEach.call(document.querySelectorAll('main details'), function (part, k) { if (part.open) { place.details.push(k); } });
  Array.prototype.forEach.call(document.querySelectorAll('main .filter input'), function (input, k) { if (input.value) { place.filters.push([k, input.value]); } });
  sessionStorage.setItem('colophon-place', JSON.stringify(place));
}
function restore() {
  var text = sessionStorage.getItem('colophon-place');
  sessionStorage.removeItem('colophon-place');
  if (!text) { return; }
  var place = JSON.parse(text);
  if (place.path !== location.pathname + location.search) { return; }
  history.scrollRestoration = 'manual';
  var details = document.querySelectorAll('main details'), filters = document.querySelectorAll('main .filter input');
  place.details.forEach(function (k) { if (details[k]) { details[k].open = true; } });
  place.filters.forEach(function (entry) {
    var input = filters[entry[0]];
    if (input) { input.value = entry[1]; input.dispatchEvent(new Event('input')); }
  });
  place.open.forEach(function (address) {
    var links = Array.prototype.filter.call(document.querySelectorAll('main a[href^="#"]'), function (link) {
      return link.getAttribute('href') === address && link.getAttribute('aria-expanded') !== 'true';
    });
    if (links[0]) { links[0].click(); }
  });
  function move() {
    var element = place.name && document.getElementById(place.name);
    if (element && element.offsetParent) { scrollBy(0, element.getBoundingClientRect().top - place.top); } else { scrollTo(0, place.y); }
  }
  move();
  // parts of the page that were not laid out yet have their height now
  requestAnimationFrame(function () { move(); history.scrollRestoration = 'auto'; });
}

function add(parent, kind, text) {
  var element = document.createElement(kind);
  if (text !== undefined) { element.textContent = text; }
  parent.appendChild(element);
  return element;
}
function show() {
  var problems = state ? state.problems : null, checks = state ? state.checks : [];
  if (state && !problems.length && !checks.length && !state.running) { if (box) { box.remove(); box = null; } return; }
  if (!box) {
    box = document.createElement('section');
    box.className = 'live';
    box.setAttribute('aria-label', 'State of the project');
    box.setAttribute('role', 'status');
    document.body.insertBefore(box, document.body.firstChild);
  }
  box.textContent = '';
  if (!state) { add(box, 'p', 'The server does not answer. Start it with “colophon serve”.'); return; }
  if (state.running) { add(box, 'p', 'Running …').className = 'soft'; }
  if (problems.length) {
    add(box, 'p', state.results ? 'The last run did not finish. The pages show the results of the run before it.'
      : 'The run did not finish, so there are no results yet.');
  }
  problems.forEach(function (problem) {
    var place = problem.file === null ? '' : problem.file + (problem.line === null ? '' : ', line ' + problem.line) + ': ';
    add(box, 'p', place + problem.message).className = 'problem';
    if (!problem.lines.length) { return; }
    var list = add(box, 'pre');
    problem.lines.forEach(function (line) {
      var row = add(list, line.number === problem.line ? 'mark' : 'span');
      row.textContent = String(line.number).padStart(4) + '  ' + line.text + '\n';
    });
  });
  checks.forEach(function (check) { add(box, 'p', 'Check failed: ' + check).className = 'problem'; });
}
function isTyping() {
  var active = document.activeElement;
  return active && (active.tagName === 'TEXTAREA' || active.tagName === 'INPUT') && active.value !== '' && !active.closest('.filter');
}
function load() {
  if (!isDue || isTyping()) { return; }
  if (document.getElementById('waiting') === null) { save(); }
  location.reload();
}
function ask() {
  if (isAsking || document.hidden) { return; }
  isAsking = true;
  fetch('/live/changes' + (state ? '?after=' + state.version : '')).then(function (answer) {
    if (!answer.ok) { throw new Error(answer.status); }
    return answer.json();
  }).then(function (now) {
    var before = state;
    state = now;
    isAsking = false;
    show();
    if (before && now.written !== before.written && !isOwnPage) { isDue = true; load(); }
    ask();
  }).catch(function () {
    isAsking = false;
    var was = state;
    state = null;
    show();
    // a server that was started again counts from the beginning
    isDue = was !== null && !isOwnPage;
    setTimeout(function again() {
      fetch('/live/changes').then(function () { if (isDue) { load(); } ask(); }, function () { setTimeout(again, 2000); });
    }, 2000);
  });
}
document.addEventListener('visibilitychange', ask);
document.addEventListener('focusout', function () { setTimeout(load, 0); });

var nav = document.querySelector('header.site nav'), form = document.querySelector('header.site form');
if (nav) {
  nav.appendChild(document.createTextNode(' '));
  var link = add(nav, 'a', 'SQL');
  link.href = '/live/sql';
}
if (form) { form.action = '/live/search'; }

var sql = document.getElementById('sql');
if (sql) {
  var answer = document.getElementById('answer'), cell = document.getElementById('cell');
  document.getElementById('run').addEventListener('click', function () {
    answer.textContent = 'Asking …';
    fetch('/live/sql', { method: 'POST', headers: { 'x-colophon-token': sql.dataset.token, 'content-type': 'text/plain' }, body: sql.value })
      .then(function (reply) {
        return reply.text().then(function (text) { if (reply.ok) { answer.innerHTML = text; } else { answer.textContent = text; } });
      }).catch(function (error) { answer.textContent = String(error); });
  });
  sql.addEventListener('keydown', function (event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { document.getElementById('run').click(); }
  });
  document.getElementById('copy').addEventListener('click', function () {
    var runs = (sql.value.match(/`+/g) || []).map(function (run) { return run.length; });
    var fence = '`'.repeat(Math.max(3, Math.max.apply(null, runs.concat(0)) + 1));
    cell.hidden = false;
    cell.value = fence + '{table}\nsql: |\n' + sql.value.split('\n').map(function (line) { return '  ' + line; }).join('\n') + '\n' + fence + '\n';
    cell.select();
    if (navigator.clipboard) { navigator.clipboard.writeText(cell.value).catch(function () {}); }
  });
}
restore();
ask();
})();
