(() => {
  const root = document.documentElement;
  try {
    for (const key of ['theme', 'size']) {
      const value = localStorage.getItem(`yuanzhuo:${key}`);
      if (value) root.dataset[key] = value;
    }
    if (localStorage.getItem('yuanzhuo:name')) root.classList.add('known');
  } catch {}
  root.classList.add('js');
})();
