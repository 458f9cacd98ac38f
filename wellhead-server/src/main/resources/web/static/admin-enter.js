// Moves the code from behind the # into the form, and out of the address and the history.
const code = location.hash.slice(1);
if (code) {
  document.getElementById("code").value = code;
  history.replaceState(null, "", location.pathname);
  document.getElementById("enter").focus();
}
