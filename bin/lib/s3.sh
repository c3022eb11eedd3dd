# shellcheck shell=bash
# An S3-compatible store, on the other side in the tests. Sourced by bin/setup.

S3_PYTHON=('moto[s3]==5.1.4' flask==3.1.3 flask-cors==6.0.5)

setup_s3() {
  local wanted="${S3_PYTHON[*]}" folder=$RDV_CACHE/tools/s3
  [ "$(cat "$folder/versions" 2>/dev/null)" != "$wanted" ] || return 0
  have python3 && python3 -c 'import ensurepip' 2>/dev/null || apt_install "magasin S3 des tests" python3 python3-venv
  rm -rf "$folder"
  mkdir -p "$RDV_CACHE/tools"
  logged "$RDV_CACHE/log/s3.log" "magasin S3 des tests (moto)" install_s3 "$folder"
  printf '%s' "$wanted" >"$folder/versions"
}

install_s3() {
  python3 -m venv "$1"
  "$1/bin/pip" install --quiet --disable-pip-version-check "${S3_PYTHON[@]}"
}
