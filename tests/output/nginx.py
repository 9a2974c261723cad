"""nginx.py FOLDER: nginx as a receiver on free ports of this machine, one for each certificate.

FOLDER holds NAME.crt and NAME.key for each NAME below. The sockets are opened here and handed on, as
when nginx upgrades itself: so nobody chooses a port, and whoever connects at once is heard. The ports
are printed in the order of NAMES, `plain` first; then this process becomes nginx.
"""
import os
import socket
import sys

folder = sys.argv[1]
NAMES = ["plain", "good", "wrong-name", "expired", "stranger"]
sockets = {}
for name in NAMES:
    sockets[name] = socket.create_server(("127.0.0.1", 0), backlog=64)
    os.set_inheritable(sockets[name].fileno(), True)


def server(name):
    port = sockets[name].getsockname()[1]
    secure = name != "plain"
    tls = f"ssl_certificate {folder}/{name}.crt; ssl_certificate_key {folder}/{name}.key;" if secure else ""
    return f"""
    server {{
        listen 127.0.0.1:{port}{" ssl" if secure else ""};
        {tls}
        location /taken {{ return 204; }}
        location /moved {{ return 301 /taken; }}
        location /later {{ add_header Retry-After 30 always; return 429; }}
        location /broken {{ return 500; }}
        location /small {{ client_max_body_size 100; proxy_pass http://127.0.0.1:1; }}
        location /behind {{ proxy_pass http://127.0.0.1:1; }}
    }}"""


with open(f"{folder}/nginx.conf", "w", encoding="utf-8") as out:
    kinds = "\n".join(f"    {kind}_temp_path {folder}/{kind};"
                      for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    own = "user root root;" if os.geteuid() == 0 else ""  # else it could not write in folder
    out.write(f"""daemon off;
{own}
pid {folder}/pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log {folder}/access.log;
{kinds}
{"".join(server(name) for name in NAMES)}
}}
""")
print(*[sockets[name].getsockname()[1] for name in NAMES], flush=True)
os.environ["NGINX"] = "".join(f"{s.fileno()};" for s in sockets.values())
os.execvp("nginx", ["nginx", "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"])
