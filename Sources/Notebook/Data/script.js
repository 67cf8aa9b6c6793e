(function () {
'use strict';
document.documentElement.classList.add('js');

// A figure opens its passages where it stands.
function panel(link, source) {
  var box = document.createElement('div');
  box.className = 'panel';
  box.tabIndex = -1;
  box.setAttribute('role', 'region');
  var head = document.createElement('header');
  var close = document.createElement('button');
  close.type = 'button';
  close.textContent = 'Close';
  Array.prototype.forEach.call(source.children, function (child) {
    var copy = child.cloneNode(true);
    if (copy.tagName === 'H3') { head.appendChild(copy); box.setAttribute('aria-label', copy.textContent); } else { box.appendChild(copy); }
  });
  head.appendChild(close);
  box.insertBefore(head, box.firstChild);
  var row = link.closest('tr');
  var outer = box;
  if (row) {
    outer = document.createElement('tr');
    outer.className = 'open';
    var cell = document.createElement('td');
    cell.colSpan = row.children.length;
    cell.appendChild(box);
    outer.appendChild(cell);
    row.after(outer);
  } else {
    (link.closest('p, li, h1, h2, h3, h4, blockquote, figure, dd') || link).after(box);
  }
  link.setAttribute('aria-expanded', 'true');
  function end() {
    outer.remove();
    link.setAttribute('aria-expanded', 'false');
    link.colophonClose = null;
    link.focus();
  }
  link.colophonClose = end;
  close.addEventListener('click', end);
  box.addEventListener('keydown', function (event) { if (event.key === 'Escape') { end(); } });
  box.focus({ preventScroll: true });
  box.scrollIntoView({ block: 'nearest' });
}

function toggle(link) {
  var source = document.getElementById((link.getAttribute('href') || '').slice(1));
  if (!source || !source.classList.contains('e')) { return false; }
  if (link.colophonClose) { link.colophonClose(); } else { panel(link, source); }
  return true;
}

document.addEventListener('click', function (event) {
  var link = event.target.closest && event.target.closest('a[href^="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
  if (toggle(link)) { event.preventDefault(); }
});

// A link to evidence from elsewhere opens it at its figure.
if (location.hash.length > 1) {
  var id = decodeURIComponent(location.hash.slice(1));
  var target = document.getElementById(id);
  if (target && target.classList.contains('e')) {
    var links = document.querySelectorAll('main a[href^="#"]');
    for (var k = 0; k < links.length; k++) {
      if (links[k].getAttribute('href') === '#' + id) {
        var within = links[k].closest('details');
        if (within) { within.open = true; }
        toggle(links[k]);
        break;
      }
    }
  }
}

// Tables are sorted by their headings and filtered by a word.
function value(row, column) {
  var cell = row.children[column];
  if (!cell) { return null; }
  return cell.dataset.v === undefined ? cell.textContent : Number(cell.dataset.v);
}
function closeAll(body) {
  Array.prototype.forEach.call(body.querySelectorAll('a[aria-expanded="true"]'), function (link) {
    if (link.colophonClose) { link.colophonClose(); }
  });
}
Array.prototype.forEach.call(document.querySelectorAll('main figure.t table'), function (table) {
  var body = table.tBodies[0];
  if (!body || body.rows.length < 3) { return; }
  var rows = Array.prototype.slice.call(body.rows);
  var words = '';
  // A text that is left out where the row above has it is shown as soon as rows stand apart.
  function spread() {
    table.classList.toggle('apart', words !== '' || table.querySelector('th[aria-sort]') !== null);
  }
  Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
    var button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    head.textContent = '';
    head.appendChild(button);
    button.addEventListener('click', function () {
      closeAll(body);
      var order = head.getAttribute('aria-sort');
      var first = head.classList.contains('n') ? 'descending' : 'ascending';
      // up, down, and as it was
      var isBack = order !== null && order !== first;
      var isDown = order ? order === 'ascending' : first === 'descending';
      Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) { other.removeAttribute('aria-sort'); });
      if (!isBack) { head.setAttribute('aria-sort', isDown ? 'descending' : 'ascending'); }
      var sorted = rows.map(function (row, place) { return { row: row, place: place, value: value(row, column) }; });
      sorted.sort(function (a, b) {
        var order;
        if (isBack) { return a.place - b.place; }
        if (typeof a.value === 'number' && typeof b.value === 'number') { order = a.value - b.value; }
        else if (typeof a.value === 'number') { return -1; } else if (typeof b.value === 'number') { return 1; }
        else { order = a.value.localeCompare(b.value); }
        return (isDown ? -order : order) || a.place - b.place;
      });
      sorted.forEach(function (entry) { body.appendChild(entry.row); });
      spread();
    });
  });
  if (rows.length < 8) { return; }
  var line = document.createElement('label');
  line.className = 'filter';
  var input = document.createElement('input');
  input.type = 'search';
  input.placeholder = 'Filter rows';
  input.setAttribute('aria-label', 'Filter rows');
  var count = document.createElement('span');
  count.setAttribute('role', 'status');
  line.appendChild(input);
  line.appendChild(count);
  table.parentNode.before(line);
  input.addEventListener('input', function () {
    closeAll(body);
    words = input.value.toLowerCase();
    var shown = 0;
    rows.forEach(function (row) {
      row.hidden = row.textContent.toLowerCase().indexOf(words) < 0;
      if (!row.hidden) { shown += 1; }
    });
    spread();
    count.textContent = words ? shown + ' of ' + rows.length + ' rows' : '';
  });
});
})();
