// Follows the project: when a run has made the page anew, it is loaded again where it stands; what is wrong is shown on top.
(function () {
'use strict';
var version = null, box = null;
function show(problem, running) {
  if (!problem && !running) { if (box) { box.remove(); box = null; } return; }
  if (!box) {
    box = document.createElement('section');
    box.className = 'live';
    box.setAttribute('aria-label', 'State of the project');
    box.setAttribute('role', 'status');
    document.body.insertBefore(box, document.body.firstChild);
  }
  box.textContent = '';
  var line = document.createElement('p');
  line.textContent = problem ? 'The last run did not end well. The page shows the results before it.' : 'Running …';
  box.appendChild(line);
  if (problem) { var text = document.createElement('pre'); text.textContent = problem; box.appendChild(text); }
}
function ask() {
  fetch('/live/changes' + (version === null ? '' : '?after=' + version)).then(function (answer) { return answer.json(); }).then(function (state) {
    var wasRunning = box && !box.querySelector('pre');
    var first = version === null;
    version = state.version;
    show(state.problem, state.running);
    if (!first && !state.running && !state.problem && sessionStorage.getItem('colophon-run') !== String(state.run)) {
      sessionStorage.setItem('colophon-run', String(state.run));
      if (location.pathname.indexOf('/live/') !== 0) { location.reload(); return; }
    }
    if (first) { sessionStorage.setItem('colophon-run', String(state.run)); }
    ask();
  }).catch(function () {
    show('The server does not answer. It is started with "colophon serve".', false);
    setTimeout(ask, 2000);
  });
}
var nav = document.querySelector('header.site nav'), form = document.querySelector('header.site form');
if (nav) {
  var link = document.createElement('a');
  link.href = '/live/sql';
  link.textContent = 'SQL';
  nav.appendChild(document.createTextNode(' '));
  nav.appendChild(link);
}
if (form) { form.action = '/live/search'; }
var sql = document.getElementById('sql');
if (sql) {
  var answer = document.getElementById('answer'), cell = document.getElementById('cell');
  document.getElementById('run').addEventListener('click', function () {
    answer.textContent = 'Asking …';
    fetch('/live/sql', { method: 'POST', headers: { 'x-colophon-token': sql.dataset.token, 'content-type': 'text/plain' }, body: sql.value })
      .then(function (reply) { return reply.text(); }).then(function (html) { answer.innerHTML = html; })
      .catch(function (error) { answer.textContent = String(error); });
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
ask();
})();
