/** The standard library of Python 2.7 and 3, as far as it never listens by itself (docs.python.org, "The Python Standard Library"). */
export const QUIET_STANDARD: ReadonlySet<string> = new Set(
	`__future__ abc argparse array ast atexit base64 bdb binascii bisect builtins bz2 calendar cmath cmd code codecs
	collections colorsys compileall concurrent configparser ConfigParser contextlib contextvars copy copyreg cProfile
	crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis doctest email ensurepip enum errno
	faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass gettext glob graphlib grp
	gzip hashlib heapq hmac html htmlentitydefs HTMLParser httplib imaplib imghdr inspect io ipaddress itertools json keyword
	linecache locale logging lzma mailbox marshal math mimetypes mmap netrc ntpath numbers opcode operator optparse os
	pathlib pdb pickle cPickle pickletools pkgutil platform plistlib poplib posixpath pprint profile pstats pty pwd
	py_compile pyclbr pydoc queue Queue quopri random re readline reprlib resource runpy sched secrets select selectors
	shelve shlex shutil signal site smtplib sndhdr sqlite3 ssl stat statistics string StringIO cStringIO stringprep struct
	symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap thread threading time timeit
	token tokenize tomllib trace traceback tracemalloc tty turtle types typing unicodedata unittest urllib urllib2 urlparse
	uu uuid venv warnings wave weakref webbrowser xml xdrlib zipapp zipfile zipimport zlib zoneinfo`.split(/\s+/),
);

/**
 * Modules of the standard library that can listen, start another program, or run source that is not in view; and the
 * names whose use does that. A program that uses none of those names stays quiet.
 */
export const STANDARD_LISTENERS: ReadonlyMap<string, RegExp> = new Map([
	["socket", /^(bind|listen|create_server)$/],
	["asyncio", /^(start_server|start_unix_server|create_server|create_unix_server|create_datagram_endpoint|create_subprocess_\w+)$/],
	["socketserver", /Server$|^serve_forever$/],
	["SocketServer", /Server$|^serve_forever$/],
	["http", /Server$|^serve_forever$|^test$/],
	["BaseHTTPServer", /./],
	["SimpleHTTPServer", /./],
	["CGIHTTPServer", /./],
	["xmlrpc", /Server$/],
	["SimpleXMLRPCServer", /./],
	["wsgiref", /^make_server$|Server$/],
	["multiprocessing", /^(Listener|Manager|BaseManager|SyncManager|serve_forever)$/],
	["subprocess", /^(run|call|check_call|check_output|Popen|getoutput|getstatusoutput)$/],
	["commands", /./],
	["asyncore", /^(dispatcher|bind|listen)$/],
	["asynchat", /./],
	["smtpd", /./],
	["importlib", /^(import_module|__import__|exec_module)$/],
]);

/** Names of quiet modules that nevertheless start another program or source out of view. */
export const LOUD_NAMES: ReadonlyMap<string, RegExp> = new Map([
	["os", /^(system|popen|exec[lv]p?e?|spawn[lv]p?e?|posix_spawnp?)$/],
	["runpy", /./],
	["pkgutil", /^(find_module|load_module|find_loader|get_loader|resolve_name)$/],
	["code", /^(runsource|runcode)$/],
	["logging", /^listen$/],
]);

/** Libraries that only connect outwards, compute, or format: their own documentation describes no listening call. */
export const QUIET_LIBRARIES: ReadonlySet<string> = new Set(
	`aiobotocore aiofiles aiomysql aiopg aiosqlite anthropic apscheduler arrow asyncpg attr attrs babel bcrypt boto boto3 botocore bs4 cachetools
	certifi cffi chardet charset_normalizer click colorama coloredlogs concurrent_log_handler croniter cryptography cv2
	dateutil decouple deepdiff dns docker dotenv elasticsearch emoji environs faker feedparser filelock fire
	geopy google googleapiclient html5lib httpx humanize idna jinja2 jmespath joblib jose json5 jsonschema jwt kafka kombu
	ldap3 loguru lxml markdown markupsafe marshmallow matplotlib minio mock motor msgpack MySQLdb mysql networkx nltk numpy
	openai openpyxl orjson packaging pandas paramiko passlib peewee PIL pika pkg_resources plotly psutil psycopg psycopg2
	pyarrow pycurl pydantic pydantic_settings pygments pymongo pymysql pyodbc pytest pytz redis regex requests rich ruamel
	schedule scipy selenium sendgrid sentry_sdk setuptools shapely simplejson six sklearn slack_sdk slugify sqlalchemy
	statsmodels stripe structlog sympy tabulate telegram tenacity termcolor tiktoken toml tomli toolz torch tqdm
	transformers twilio typer typing_extensions tzlocal ujson unidecode urllib3 validators watchdog xlrd xlsxwriter
	xmltodict yaml yarl zstandard`.split(/\s+/),
);
