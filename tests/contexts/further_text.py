"""Further contexts, in plain view: the files of shells, tools, CI systems, infrastructure, languages and documents, and every
neighbour that a token can have."""

import configparser
import csv
import email.message
import io
import json
import plistlib

from context import Context, made, text

# ---- shells and their histories

SHELLS = [
    text("bash history with times", ".bash_history", "#1700000000\nexport HF_TOKEN=§\n#1700000001\nls"),
    text("zsh extended history", ".zsh_history", ": 1700000000:0;export HF_TOKEN=§\n: 1700000001:0;ls"),
    text("zsh history, token first", ".zsh_history", ": 1700000000:0;§"),
    text("fish history", "fish_history", "- cmd: set -x HF_TOKEN §\n  when: 1700000000"),
    text("PowerShell history", "ConsoleHost_history.txt", '$env:HF_TOKEN = "§"\r\n$env:HF_TOKEN=\'§\'\r'),
    text("libedit history", ".python_history", r"_HiStOrY_V2_" "\n" r'login(token\040=\040"§")'),
    text(r"libedit history, \040 directly before", ".psql_history", r"_HiStOrY_V2_" "\n" r"hf\040auth\040login\040--token\040§"),
    text("batch file", "run.bat", "@echo off\r\nset HF_TOKEN=§\r\nsetx HF_TOKEN \"§\"\r"),
    text("declare -x", "env.txt", 'declare -x HF_TOKEN="§"'),
    text("bash function in the environment", "env.txt", "BASH_FUNC_f%%=() {  curl -H \"Bearer §\"\n}"),
    text("set -x trace", "trace.log", "++ export HF_TOKEN=§\n++ HF_TOKEN=§"),
    text("ANSI-C quoting", "run.sh", "export HF_TOKEN=$'§'"),
    text("here document", "run.sh", "cat <<EOF >token\n§\nEOF"),
    text("here string", "run.sh", "hf auth login <<<§"),
    text("default of an expansion", "run.sh", "export HF_TOKEN=${HF_TOKEN:-§}"),
    text("csh", ".cshrc", "setenv HF_TOKEN §"),
    text("alias", ".bashrc", "alias hfl='huggingface-cli login --token=§'"),
    text(".env with export, quotes and a comment", ".env", 'export HF_TOKEN="§" # read only'),
    text(".env with spaces", ".env", "HF_TOKEN = '§'"),
    text("commented out", ".env", "#HF_TOKEN=§"),
    text("screen or tmux, carriage returns", "typescript", "\r\n\x1b]0;user@host\x07$ echo §\r\r\n\x1b[?2004h"),
    text("readline, backspaces", "typescript", "$ x\x08§\x1b[K\r"),
    text("overprinted progress bar", "train.log", "\r 50%|####|\rtoken §\r100%"),
]

# ---- configuration

INI = "[hub]\nHF_TOKEN = §"


def ini(token):
    parser = configparser.ConfigParser()
    parser["default"] = {"hf_token": token, "name": "x"}
    buffer = io.StringIO()
    parser.write(buffer)
    return buffer.getvalue()


CONFIGURATION = [
    made("configparser", "settings.ini", ini),
    text("INI without spaces", "settings.cfg", "[hub]\nHF_TOKEN=§ ; mine"),
    text(".npmrc", ".npmrc", "//huggingface.co/:_authToken=§"),
    text("pip.conf", "pip.conf", "[global]\nextra-index-url = https://u:§@host.example/simple"),
    text("Java properties", "app.properties", "hf.token=§\nhf.other\\:key:§"),
    text("TOML", "settings.toml", '[hub]\ntoken = "§"\nraw = \'§\''),
    text("TOML, multi-line string", "settings.toml", 'token = """\n§"""'),
    text("tox.ini", "tox.ini", "[testenv]\nsetenv =\n    HF_TOKEN = §\n    B = 1"),
    text("setup.cfg", "setup.cfg", "[tool:pytest]\nenv =\n    HF_TOKEN=§"),
    text("git config, extra header", ".gitconfig", '[http "https://huggingface.co"]\n\textraheader = Authorization: Bearer §'),
    text("git config, remote", "gitconfig.txt", '[remote "origin"]\n\turl = https://me:§@huggingface.co/me/x'),
    text("git config, insteadOf", ".gitconfig", '[url "https://me:§@huggingface.co/"]\n\tinsteadOf = https://huggingface.co/'),
    text("netrc on lines", ".netrc", "machine huggingface.co\n  login me\n  password §\n"),
    text("netrc, quoted", "_netrc", 'machine huggingface.co login me password "§"'),
    text("netrc, macdef", ".netrc", "macdef init\nquote §\n"),
    text("YAML, double quotes", "a.yaml", 'token: "§"'),
    text("YAML, list of NAME=value", "a.yaml", "environment:\n  - HF_TOKEN=§"),
    text("YAML, block scalar", "a.yaml", "token: |\n  §\nb: 1"),
    text("YAML, folded scalar", "a.yaml", "token: >-\n  §"),
    text("YAML, flow mapping", "a.yaml", "{token: §, b: 1}"),
    text("YAML, anchor and tag", "a.yaml", "token: &t !!str §\nother: *t"),
    text("JSON5", "a.json5", "{token: '§', // mine\n}"),
    text("JSON, key", "a.json", '{"§": true}'),
    text("JSON, compact", "a.json", '{"a":"§"}'),
    text("XML attribute", "a.xml", '<hub token="§"/>'),
    text("XML, CDATA", "a.xml", "<token><![CDATA[§]]></token>"),
    text("XML, element on lines", "a.xml", "<token>\n  §\n</token>"),
    made("XML property list", "a.plist", lambda t: plistlib.dumps({"HF_TOKEN": t})),
    text("systemd unit", "hub.service", '[Service]\nEnvironment="HF_TOKEN=§" "B=1"\nEnvironment=HF_TOKEN=§'),
    text("crontab", "crontab.txt", "HF_TOKEN=§\n0 * * * * HF_TOKEN=§ sync"),
    text("supervisord", "supervisord.conf", '[program:x]\nenvironment=HF_TOKEN="§",B="1"'),
    text("nginx", "nginx.conf", 'proxy_set_header Authorization "Bearer §";'),
    text("Apache", "httpd.conf", "SetEnv HF_TOKEN §"),
    text("environment module", "hub.lua", 'setenv("HF_TOKEN", "§")'),
    text("Slurm script", "job.sbatch", "#SBATCH --export=ALL,HF_TOKEN=§,B=1"),
    text("logrotate-like braces", "a.conf", "hub { token §; }"),
    text("VS Code launch.json", "launch.json", '{"configurations": [{"env": {"HF_TOKEN": "§"}, "args": ["--token", "§"]}]}'),
    text("Xcode scheme", "a.xcscheme", '<EnvironmentVariable key = "HF_TOKEN" value = "§" isEnabled = "YES">'),
    text("IntelliJ run configuration", "a.run.xml", '<env name="HF_TOKEN" value="§" />'),
    text("registry export, ASCII", "a.reg", 'Windows Registry Editor Version 5.00\r\n\r\n"HF_TOKEN"="§"\r'),
    text(".condarc", ".condarc", "channels:\n  - https://conda.example/t/§/main"),
    text("accelerate config", "default_config.yaml", "compute_environment: LOCAL_MACHINE\nhub_token: §\nuse_cpu: false"),
    text("W&B config", "config.yaml", "hub_token:\n    desc: null\n    value: §"),
    text("hydra override", "overrides.yaml", "- training.hub_token=§"),
]

# ---- CI, containers, infrastructure

INFRASTRUCTURE = [
    text("GitHub workflow", "ci.yml", "env:\n  HF_TOKEN: §\njobs:\n  a:\n    steps:\n      - run: hf upload --token §"),
    text("GitLab CI", ".gitlab-ci.yml", 'variables:\n  HF_TOKEN: "§"'),
    text("Jenkinsfile", "Jenkinsfile", "environment { HF_TOKEN = '§' }\nwithEnv(['HF_TOKEN=§']) { sh 'x' }"),
    text("Azure pipeline", "azure-pipelines.yml", "variables:\n- name: HF_TOKEN\n  value: §"),
    text("Dockerfile ARG", "Dockerfile", "ARG HF_TOKEN=§"),
    text("Dockerfile ENV, old form", "Dockerfile", "ENV HF_TOKEN §"),
    text("Dockerfile RUN", "Dockerfile", "RUN HF_TOKEN=§ python -c 'x' && \\\n    rm -rf /tmp/x"),
    text("docker-compose", "docker-compose.yml", "services:\n  a:\n    environment:\n      - HF_TOKEN=§\n      - B=1"),
    text("docker inspect", "inspect.json", '[{"Config": {"Env": ["PATH=/bin", "HF_TOKEN=§"], "Cmd": ["--token", "§"]}}]'),
    text("docker history", "history.txt",
         "<missing>   2 days ago   RUN |1 HF_TOKEN=§ /bin/sh -c pip insta…   1.2GB     buildkit.dockerfile.v0"),
    text("image configuration", "a.json", r'{"created_by":"RUN |1 HF_TOKEN=§ /bin/sh -c pip install # buildkit"}'),
    text("Kubernetes manifest", "pod.yaml", "spec:\n  containers:\n  - env:\n    - name: HF_TOKEN\n      value: §"),
    text("Kubernetes stringData", "secret.yaml", "kind: Secret\nstringData:\n  token: §"),
    text("kubeconfig", "kubeconfig.yaml", "users:\n- name: x\n  user:\n    token: §"),
    text("Helm --set", "run.sh", "helm upgrade tgi . --set env.HF_TOKEN=§,replicas=1"),
    text("terraform.tfvars", "terraform.tfvars", 'hf_token = "§"'),
    text("terraform.tfstate", "terraform.tfstate",
         '{"version": 4, "outputs": {"token": {"value": "§", "type": "string", "sensitive": true}}}'),
    text("tfstate, JSON in JSON", "terraform.tfstate", r'{"attributes": {"policy": "{\"HF_TOKEN\":\"§\"}"}}'),
    text("Terraform heredoc", "main.tf", "user_data = <<-EOT\n    export HF_TOKEN=§\n  EOT"),
    text("Ansible", "playbook.yml", "- name: log in\n  shell: huggingface-cli login --token {{ x | default('§') }}"),
    text("Ansible vars", "group_vars.yml", "hf_token: '§'"),
    text("Vagrantfile", "Vagrantfile", 'config.vm.provision "shell", env: {"HF_TOKEN" => "§"}'),
    text("Nix", "flake.nix", 'shellHook = "\'\'export HF_TOKEN=§\'\'";'),
    text("Bazel", ".bazelrc", "build --action_env=HF_TOKEN=§"),
    text("Makefile", "Makefile", "HF_TOKEN ?= §\nupload:\n\tHF_TOKEN=§ hf upload"),
    text("CMake", "CMakeLists.txt", 'set(ENV{HF_TOKEN} "§")\nset(HF_TOKEN §)'),
    text("CMake cache", "CMakeCache.txt", "HF_TOKEN:STRING=§"),
    text("Gradle", "build.gradle", "environment 'HF_TOKEN', '§'\next.hf='§'"),
    text("Maven", "pom.xml", "<properties><hf.token>§</hf.token></properties>"),
    text("package.json script", "package.json", r'{"scripts": {"push": "HF_TOKEN=§ node a.js --t=\"§\""}}'),
    text("lock file", "package-lock.json", '{"resolved": "https://u:§@host.example/a.tgz"}'),
    text("requirements", "requirements.txt", "git+https://me:§@huggingface.co/me/x@main#egg=x"),
    text("conda environment", "environment.yml", "variables:\n  HF_TOKEN: §"),
    text("CloudFormation", "stack.yaml", "Default: !Sub '${A}§'"),
    text("OpenAPI example", "openapi.yaml", "example: Bearer §"),
    text("GitHub Actions add-mask", "ci.log", "2024-01-01T00:00:00.0000000Z ::add-mask::§"),
    text("GitHub Actions env log", "ci.log", "2024-01-01T00:00:00.0000000Z   HF_TOKEN: §"),
    text("devcontainer", "devcontainer.json", '{"remoteEnv": {"HF_TOKEN": "§"}}'),
]

# ---- logs, traces, tools' output

LOGS = [
    text("logfmt", "app.log", 'level=info hf_token=§ msg="ok"'),
    text("syslog", "syslog.log", "Jan  1 00:00:00 host app[1]: token=§"),
    text("syslog, octal escapes", "syslog.log", "Jan  1 00:00:00 host app[1]: line#012§#012end"),
    text("journalctl JSON", "journal.json", '{"MESSAGE":"token §","_CMDLINE":"hf upload --token §"}'),
    text("curl -v", "curl.log", "> GET /api/whoami-v2 HTTP/2\r\n> Host: huggingface.co\r\n> authorization: Bearer §\r\n>\r"),
    text("HTTP archive", "trace.har",
         '{"log":{"entries":[{"request":{"headers":[{"name":"authorization","value":"Bearer §"}]}}]}}'),
    text("urllib3 debug", "app.log", "send: b'GET / HTTP/1.1\\r\\nAuthorization: Bearer §\\r\\nAccept: */*\\r\\n\\r\\n'"),
    text("access log", "access.log", '10.0.0.1 - - [01/Jan/2024:00:00:00 +0000] "GET /?token=§ HTTP/1.1" 200 1'),
    text("strace", "strace.log", 'execve("/usr/bin/hf", ["hf", "--token", "§"], 0x7ffc /* 20 vars */) = 0\nwrite(1, "§\\n", 38) = 38'),
    text("ps", "ps.txt", "me   1  0.0 python train.py --hub_token § --epochs 3"),
    text("argparse Namespace", "train.log", "Namespace(lr=0.1, hub_token='§', seed=None)"),
    text("dataclass repr", "train.log", "TrainingArguments(\nhub_token=§,\nseed=1,\n)"),
    text("traceback with locals", "train.log", "│ hub_token = '§' │\n│§│"),
    text("Python bytes", "train.log", "b'token=§\\x00'"),
    text("Go map", "app.log", "map[HF_TOKEN:§ b:1]"),
    text("Rust Debug", "app.log", 'Config { token: Some("§"), n: 1 }'),
    text("Java toString", "app.log", "Config{token=§, n=1}"),
    text("environment dump", "env.log", "environ({'HF_TOKEN': '§', 'B': '1'})"),
    text("wandb-metadata.json", "wandb-metadata.json", '{"args": ["--push_to_hub", "--hub_token", "§"], "program": "t.py"}'),
    text("wandb output", "output.log", "wandb: \x1b[1m\x1b[34mhub_token§\x1b[0m"),
    text("MLflow parameter", "hub_token", "§"),
    text("Python warning", "a.log", "UserWarning: use_auth_token=§ is deprecated."),
    text("nginx error, \\x22", "error.log", r'client sent "{\x22token\x22: \x22§\x22}"'),
    text("double-escaped JSON log", "a.log", r'{"m":"{\"t\":\"{\\\"HF_TOKEN\\\":\\\"§\\\"}\"}"}'),
    text(r"\\n directly before", "a.log", r'{"m":"{\"t\":\"a\\n§\\nb\"}"}'),
    text(r"\\\\n directly before", "a.log", r'{"m":"\\\\n§\\\\n"}'),
    text(r"\\t directly before", "a.log", r"\\t§\\t"),
    text(r"\u000a and \u001b[32m directly before", "a.json", r'{"m":"\u000a§\u000a","n":"\u001b[32m§\u001b[0m"}'),
    text(r"\x1b[32m as text directly before", "a.log", r"\x1b[32m§\x1b[0m \033[1m§\033[0m \e[1m§\e[0m"),
    text("caret notation of colour", "a.log", "^[[32m§^[[0m"),
    text("OSC 8 link", "a.log", "\x1b]8;;https://x?token=§\x1b\\link\x1b]8;;\x1b\\"),
    text("curl trace", "trace.txt", "=> Send header, 60 bytes (0x3c)\n0000: Authorization: Bearer §"),
    text("pytest failure", "a.log", "E       AssertionError: assert '§' == ''\nE         + §"),
    text("git trace", "a.log", "trace: run_command: GIT_DIR=.git git remote-https origin https://me:§@huggingface.co/x"),
]

# ---- documents and chats

HEADER = "From: a@example.org\nSubject: x\n\n"


def csv_row(token, **options):
    buffer = io.StringIO()
    csv.writer(buffer, **options).writerows([["name", "token"], ['quoted "name", with comma', token], [1, f'say "{token}"']])
    return buffer.getvalue()


def mail(token):
    message = email.message.EmailMessage()
    message["Subject"] = f"token {token}"
    message.set_content(f"Use {token} please.\n")
    return message.as_bytes()


DOCUMENTS = [
    made("CSV writer", "a.csv", lambda t: csv_row(t, quoting=csv.QUOTE_ALL)),
    made("CSV, semicolons", "a.csv", lambda t: csv_row(t, delimiter=";")),
    made("TSV", "a.tsv", lambda t: csv_row(t, dialect="excel-tab")),
    text("LaTeX", "a.tex", r"\texttt{§} \verb|§|"),
    made(r"LaTeX, \_", "a.tex", lambda t: rf"\texttt{{{t.replace('_', chr(92) + '_')}}}" + "\n"),
    made(r"LaTeX, \textunderscore", "a.tex", lambda t: t.replace("_", r"\textunderscore{}") + "\n"),
    text("org-mode", "a.org", "#+BEGIN_SRC sh\nexport T=§\n#+END_SRC\n=§= ~§~"),
    text("reStructuredText", "a.rst", "``§``\n\n.. code::\n\n   T=§"),
    text("AsciiDoc", "a.adoc", "`+§+`\n----\n§\n----"),
    text("Markdown link", "a.md", "[x](https://huggingface.co/?t=§) <§>"),
    text("Markdown, italics", "a.md", "_§_ ~~§~~ __§__"),
    text("Markdown, heading and quote", "a.md", "# §\n> §"),
    text("Markdown, underlined words", "a.md", "my_§_token"),
    text("Wiki markup", "a.txt", "{{{§}}} ''§'' {code}§{code}"),
    text("chat export", "chat.txt", "[12:00] bob: here ```§```\n<@U123> §"),
    text("chat export, JSON", "chat.json", r'{"text":"use `§`\nthanks","user":"U1"}'),
    text("HTML, attribute and script", "a.html", "<a data-t=§>x</a><script>t='§'</script><!--§-->"),
    text("HTML, highlighted", "a.html", '<span class="s1">&#39;§&#39;</span><span class="p">)</span>'),
    text("HTML, wbr", "a.html", "<td>§<br>§</td>"),
    text("HTML, &nbsp; directly before", "a.html", "token:&nbsp;§&nbsp;"),
    text("HTML, &lt;", "a.html", "&lt;§&gt; &amp;t=§&amp;"),
    text("SVG", "a.svg", '<svg><text x="1">§</text><desc>§</desc></svg>'),
    text("CSS", "a.css", 'a::after{content:"§"}/*§*/'),
    text("RTF", "a.rtf", r"{\rtf1\ansi{\b §}\par §\par}"),
    text("vCard", "a.vcf", "BEGIN:VCARD\r\nNOTE:§\r\nEND:VCARD\r"),
    text("iCalendar", "a.ics", "DESCRIPTION:a\\n§\\, b\r"),
    text("LDIF", "a.ldif", "dn: cn=a\ndescription: §"),
    made("mail", "a.eml", mail),
    text("mbox", "a.mbox", "From a@example.org Mon Jan  1 00:00:00 2024\n" + HEADER + ">From: §\n> > §\n"),
    text("unified diff", "a.patch", "--- a/.env\n+++ b/.env\n@@ -1 +1 @@\n-HF_TOKEN=§\n+HF_TOKEN=§"),
    text("diff, line that begins with the token", "a.diff", "-§\n+§\n §"),
    text("word diff", "a.diff", "HF_TOKEN=[-§-]{+§+}"),
    text("merge conflict", "a.py", "<<<<<<< HEAD\nt='§'\n=======\n§\n>>>>>>> x"),
    text("SQL", "a.sql", "INSERT INTO t VALUES (1,'§','x');\nCOPY t FROM stdin;\n1\t§\t\\N"),
    text("SQL, JSON column", "a.sql", r"INSERT INTO t VALUES ('{\"token\": \"§\"}');"),
    text("PostgreSQL array", "a.sql", "{§,x}"),
    text("Prolog, Lisp, Smalltalk", "a.lisp", "(setq t '§ u \"§\") #§ :key/§"),
    text("subtitles", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\n§\n"),
    text("gettext", "a.po", 'msgid "§"\nmsgstr ""'),
    text("BibTeX", "a.bib", "@misc{a, note={§}}"),
    text("DNS zone", "a.zone", 'x IN TXT "token=§"'),
    text("YouTube-like query in a sentence", "a.txt", "see https://x.example/?a=1&token=§."),
    text("URL fragment and matrix parameter", "a.txt", "https://x.example/a;t=§;b#token=§&x"),
    text("URL, encoded twice", "a.txt", "redirect=https%253A%252F%252Fx%253Ftoken%253D§%2526b"),
    text("cookie", "a.txt", "Cookie: a=1; token=§; b=2"),
    text("form data", "a.txt", '--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n§\r\n--b--\r'),
    text("RESP", "appendonly.aof", "*2\r\n$37\r\n§\r\n$1\r\nx\r"),
]

# ---- languages

LANGUAGES = [
    text("C", "a.c", '#define HF_TOKEN "§"\nchar t[] = "x\\0§\\0y";'),
    text("C++, raw string", "a.cc", 'auto t = R"(§)"; auto u = u8"§"s;'),
    text("C#", "a.cs", 'var t = @"§"; var u = $"§";'),
    text("Java, text block", "A.java", 'String t = """\n    §""";'),
    text("Kotlin", "a.kt", 'val t = "§${x}"'),
    text("Scala", "a.scala", 'val t = s"""§"""'),
    text("Go, raw string", "a.go", "const t = `§`"),
    text("Rust", "a.rs", 'const T: &str = r#"§"#; let b = b"§";'),
    text("Ruby", "a.rb", "t = %q(§); u = :'§'; v = %w[§ b]"),
    text("PHP", "a.php", "<?php $t = '§'; define('T', \"§\");"),
    text("Perl", "a.pl", "my $t = q{§}; my %h = (t => '§');"),
    text("Lua", "a.lua", "t = [[§]]"),
    text("R", "a.R", 'Sys.setenv(HF_TOKEN="§")'),
    text(".Renviron", ".Renviron", "HF_TOKEN=§"),
    text("Julia", "a.jl", 'ENV["HF_TOKEN"] = "§"'),
    text("Swift", "a.swift", 'let t = #"§"#'),
    text("Objective-C", "a.m", 'NSString *t = @"§";'),
    text("Erlang", "a.erl", 'T = <<"§">>.'),
    text("Elixir", "a.exs", 't = ~s(§); System.put_env("HF_TOKEN", "§")'),
    text("Haskell", "a.hs", 't = "§" :: String'),
    text("JavaScript", "a.js", "const t = `${a}§${b}`; x['§'] = /§/;"),
    text("TypeScript, optional", "a.ts", 'process.env.HF_TOKEN ?? "§"'),
    text("MATLAB", "a.m", "setenv('HF_TOKEN', '§');"),
    text("VBA", "a.bas", 'Const T = "§"'),
    text("PowerShell", "a.ps1", "$h = @{Authorization = 'Bearer §'}"),
    text("Assembler", "a.s", '.string "§"\n.ascii "§\\000"'),
    text("Fortran", "a.f90", "t = '§'"),
    text("Tcl", "a.tcl", "set t {§}"),
    text("Python f-string", "a.py", 'h = {"Authorization": f"Bearer {os.getenv(\'T\') or \'§\'}"}'),
    text("Python bytes literal", "a.py", "t = b'§'; u = r'§'; v = rb\"§\""),
    text("Python prefix letter", "a.py", "t = u'§'"),
    text("Python docstring", "a.py", '"""§"""'),
    text("minified JavaScript", "a.min.js", '!function(){var e="§",t=n(1);e.a=t}();' * 3),
    text("webpack eval", "bundle.js", r'''eval("const t = \"§\";\n\n//# sourceURL=webpack:///./a.js?");'''),
    text(r"webpack eval, \\n before", "bundle.js", r'''eval("var s = 'a\\n§\\n';\n")'''),
    text("source map", "a.js.map", r'{"version":3,"sourcesContent":["const t =\n\"§\"\n","\t§\r\n"],"mappings":"AAAA"}'),
    text("GraphQL", "a.graphql", 'mutation { login(token: "§") }'),
    text("Jupyter percent script", "a.py", "# %%\n# !hf auth login --token §"),
    text("Jupyter magic", "a.ipynb", r'{"source": ["%env HF_TOKEN=§\n", "!HF_TOKEN=§ x\n"]}'),
    text("notebook, widget state", "a.ipynb",
         r'{"metadata":{"widgets":{"application/vnd.jupyter.widget-state+json":{"ab":{"state":{"value":"§","x":null}}}}}}'),
    text("notebook, HTML output", "a.ipynb", r'{"data":{"text/html":["<div>\n","<b>§</b>\\n","</div>"]}}'),
    text("notebook, traceback", "a.ipynb", r'{"traceback":["\u001b[0;31mError\u001b[0m: bad \u001b[0;34m§\u001b[0m"]}'),
    text("notebook diff", "a.patch", '+    "login(\\"§\\")\\n",'),
    text("Swagger UI, JSON in HTML", "a.html", "<script>x={&quot;token&quot;:&quot;§&quot;,&#34;§&#34;,&#x27;§&#x27;}</script>"),
]

# ---- every neighbour

ALNUM = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
OTHER = bytes(byte for byte in range(256) if byte not in ALNUM)
CHARACTERS = ("\u00a0\u00ad\u00e9\u00df\u0130\u017f\u0301\u0600\u05d0\u0639\u0915\u0e01\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a"
              "\u202e\u2060\u2066\ufeff\ufffd\u3000\u3002\uff1a\uff3f\uff41\uff21\uff11\u201c\u201d\u2018\u00ab\u2026\u2013\u2014\u4ee4"
              "\uac00\U0001f600\U0001f511\U0001d400\U0010ffff")

NEIGHBOURS = [
    Context("each byte before", "a.txt", lambda t, i: b"k: " + bytes([i % 256]) + t.encode() + b"\n", 256),
    Context("each byte but letters and digits after", "a.txt",
            lambda t, i: b"k: " + t.encode() + bytes([OTHER[i % len(OTHER)]]) + b"x\n", len(OTHER)),
    Context("each letter or digit before, word before that", "a.txt",
            lambda t, i: b"word" + bytes([ALNUM[i % len(ALNUM)]]) + t.encode() + b"\n", len(ALNUM)),
    Context("each punctuation mark on both sides, words around", "a.txt",
            lambda t, i: (lambda c: b"word" + c + t.encode() + c + b"word\n")(bytes([OTHER[i % len(OTHER)]])), len(OTHER)),
    Context("each backslash escape before", "a.txt",
            lambda t, i: b"word\\" + bytes([33 + i % 94]) + t.encode() + b"\\" + bytes([33 + i % 94]) + b"word\n", 94),
    Context("each %NN on both sides", "a.txt", lambda t, i: f"word%{i % 256:02X}{t}%{i % 256:02X}word\n", 256),
    Context("each =NN on both sides", "a.txt", lambda t, i: f"word={i % 256:02X}{t}={i % 256:02X}word\n", 256),
    Context(r"each \u00NN on both sides", "a.txt", lambda t, i: f"word\\u{i % 256:04x}{t}\\u{i % 256:04x}word\n", 256),
    Context("Unicode before", "a.txt", lambda t, i: CHARACTERS[i % len(CHARACTERS)] + t + "\n", len(CHARACTERS)),
    Context("Unicode after", "a.txt", lambda t, i: t + CHARACTERS[i % len(CHARACTERS)] + "x\n", len(CHARACTERS)),
    Context("Unicode around, letters next to it", "a.txt",
            lambda t, i: "x" + CHARACTERS[i % len(CHARACTERS)] + t + CHARACTERS[i % len(CHARACTERS)] + "x\n", len(CHARACTERS)),
    made("invalid UTF-8 around", "a.txt", lambda t: b"\xc0\xaf\xe2\x82" + t.encode() + b"\xf0\x28\xed\xa0\x80\n"),
    made("overlong slash and underscore around", "a.txt", lambda t: b"a\xc0\xaf" + t.encode() + b"\xc1\x9fb\n"),
    made("UTF-8 byte order mark", "a.txt", lambda t: b"\xef\xbb\xbf" + t.encode() + b"\r\n"),
    made("the token alone", "token", lambda t: t),
    made("carriage returns only", "a.txt", lambda t: f"a\r{t}\rb\r"),
    made("NUL-terminated", "a.txt", lambda t: f"{t}\0"),
    made("twice, glued", "a.txt", lambda t: t + t + "\n"),
    made("three times, commas", "a.txt", lambda t: f"{t},{t},{t}\n"),
    made("300 times on one line", "a.txt", lambda t: f"{t} " * 300 + "\n"),
    made("after 200 kB of spaces", "a.txt", lambda t: " " * 200000 + t + "\n"),
    made("after 100,000 empty lines", "a.txt", lambda t: "\n" * 100000 + t),
    made("after many broken prefixes", "a.txt", lambda t: "hf_" * 5000 + t + " " + "hf_" * 5000 + "\n"),
    made("after its own prefix", "a.txt", lambda t: t[:3] + t + "\n"),
]

CONTEXTS = SHELLS + CONFIGURATION + INFRASTRUCTURE + LOGS + DOCUMENTS + LANGUAGES + NEIGHBOURS
