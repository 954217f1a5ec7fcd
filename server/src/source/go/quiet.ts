/**
 * Packages of the standard library that can listen or start another program, and the names whose use does that: a client
 * imports `net/http` too (pkg.go.dev/std). All others stay quiet.
 */
export const LISTENING_PACKAGES: ReadonlyMap<string, RegExp> = new Map([
	["net", /^Listen\w*$|^FileListener$|^ListenConfig$/],
	["net/http", /^(ListenAndServe(TLS)?|Serve(TLS)?|Server)$/],
	["net/http/fcgi", /^Serve$/],
	["net/rpc", /^(Accept|ServeConn)$/],
	["crypto/tls", /^(Listen|NewListener)$/],
	["os/exec", /^Command(Context)?$/],
	["os", /^StartProcess$/],
	["syscall", /^(Bind|Exec|ForkExec|Listen)$/],
	["plugin", /^Open$/],
	["C", /./],
]);

/**
 * Modules that only connect outwards, compute, parse or format: their own documentation describes no listening call. A
 * path stands for all packages below it.
 */
export const QUIET_MODULES: readonly string[] =
	`github.com/alecthomas/kingpin gopkg.in/alecthomas/kingpin github.com/alecthomas/kong github.com/alecthomas/participle
	github.com/alecthomas/chroma github.com/alexflint/go-arg github.com/aws/aws-sdk-go github.com/aws/smithy-go github.com/Azure/azure-sdk-for-go
	github.com/BurntSushi/toml github.com/Masterminds github.com/Microsoft/go-winio github.com/PuerkitoBio/goquery github.com/andybalholm
	github.com/apache/thrift/lib/go/thrift github.com/araddon/dateparse github.com/blang/semver github.com/bmatcuk/doublestar github.com/boltdb/bolt
	github.com/bradfitz/gomemcache github.com/briandowns/spinner github.com/bwmarrin/discordgo github.com/caarlos0/env github.com/cenkalti/backoff
	github.com/cespare/xxhash github.com/charmbracelet/bubbles github.com/charmbracelet/bubbletea github.com/charmbracelet/glamour
	github.com/charmbracelet/lipgloss github.com/charmbracelet/log github.com/cheggaaa/pb github.com/confluentinc/confluent-kafka-go
	github.com/containerd/containerd github.com/coreos/go-semver github.com/coreos/go-oidc github.com/creasty/defaults github.com/davecgh/go-spew
	github.com/deckarep/golang-set github.com/denisenkom/go-mssqldb github.com/dgraph-io/badger github.com/dgrijalva/jwt-go github.com/disintegration/imaging
	github.com/distribution/reference github.com/docker/docker github.com/docker/cli github.com/docker/go-connections github.com/docker/go-units
	github.com/docker/distribution github.com/dustin/go-humanize github.com/eclipse/paho.mqtt.golang github.com/elastic/go-elasticsearch github.com/elliotchance/orderedmap
	github.com/emirpasic/gods github.com/fatih/color github.com/fatih/structs github.com/fsnotify/fsnotify github.com/getsentry/sentry-go
	github.com/ghodss/yaml github.com/go-git github.com/go-gorm github.com/go-kit/log github.com/go-logr github.com/go-playground/validator
	github.com/go-redis/redis github.com/go-resty/resty github.com/go-sql-driver/mysql github.com/go-telegram-bot-api github.com/go-viper/mapstructure
	github.com/go-xmlfmt github.com/goccy/go-json github.com/goccy/go-yaml github.com/gocarina/gocsv github.com/gocolly/colly github.com/gofrs/flock
	github.com/gofrs/uuid github.com/gogo/protobuf github.com/golang-jwt/jwt github.com/golang-migrate/migrate github.com/golang/glog
	github.com/golang/groupcache github.com/golang/protobuf github.com/golang/snappy github.com/google/btree github.com/google/go-cmp
	github.com/google/go-containerregistry github.com/google/go-github github.com/google/go-querystring github.com/google/shlex github.com/google/uuid
	github.com/google/wire github.com/googleapis/gax-go github.com/gookit/color github.com/gorilla/mux github.com/gorilla/websocket github.com/gosimple/slug
	github.com/gosuri/uiprogress github.com/hashicorp/consul/api github.com/hashicorp/errwrap github.com/hashicorp/go-cleanhttp
	github.com/hashicorp/go-getter github.com/hashicorp/go-hclog github.com/hashicorp/go-multierror github.com/hashicorp/go-retryablehttp
	github.com/hashicorp/go-uuid github.com/hashicorp/go-version github.com/hashicorp/golang-lru github.com/hashicorp/hcl github.com/hashicorp/vault/api
	github.com/iancoleman/strcase github.com/ilyakaznacheev/cleanenv github.com/imdario/mergo dario.cat/mergo github.com/influxdata/influxdb-client-go
	github.com/itchyny/gojq github.com/jackc github.com/jedib0t/go-pretty github.com/jessevdk/go-flags github.com/jinzhu github.com/jmespath/go-jmespath
	github.com/jmoiron/sqlx github.com/joho/godotenv github.com/json-iterator/go github.com/kelseyhightower/envconfig github.com/klauspost/compress
	github.com/knadh/koanf github.com/kr/pretty github.com/lib/pq github.com/logrusorgru/aurora github.com/magefile/mage github.com/magiconair/properties
	github.com/manifoldco/promptui github.com/mattn github.com/mgutz/ansi github.com/mholt/archiver github.com/mikefarah/yq github.com/minio/minio-go
	github.com/mitchellh github.com/moby/buildkit github.com/montanaflynn/stats github.com/nats-io/nats.go github.com/nats-io/stan.go github.com/nlopes/slack
	github.com/olekukonko/tablewriter github.com/olivere/elastic github.com/opencontainers/go-digest github.com/opencontainers/image-spec github.com/patrickmn/go-cache
	github.com/pelletier/go-toml github.com/pierrec/lz4 github.com/pkg/errors github.com/pkg/sftp github.com/pressly/goose github.com/pmezard/go-difflib
	github.com/prometheus/client_model github.com/prometheus/common github.com/pterm/pterm github.com/rabbitmq/amqp091-go github.com/redis/go-redis
	github.com/rivo/tview github.com/gdamore/tcell github.com/robfig/cron github.com/rs/xid github.com/rs/zerolog github.com/russross/blackfriday
	github.com/samber/lo github.com/sashabaranov/go-openai github.com/satori/go.uuid github.com/schollz/progressbar github.com/segmentio/kafka-go
	github.com/sergi/go-diff github.com/Shopify/sarama github.com/IBM/sarama github.com/shirou/gopsutil github.com/shopspring/decimal
	github.com/shurcooL github.com/sirupsen/logrus github.com/slack-go/slack github.com/spf13/afero github.com/spf13/cast github.com/spf13/cobra
	github.com/spf13/jwalterweatherman github.com/spf13/pflag github.com/spf13/viper github.com/stoewer/go-strcase github.com/streadway/amqp
	github.com/stretchr/testify github.com/stripe/stripe-go github.com/subosito/gotenv github.com/tealeg/xlsx github.com/tidwall github.com/ulikunitz/xz
	github.com/urfave/cli github.com/valyala/fastjson github.com/valyala/fasttemplate github.com/vbauerster/mpb github.com/vmihailenco/msgpack github.com/xanzy/go-gitlab
	github.com/xuri/excelize github.com/xeipuuv/gojsonschema github.com/yuin/goldmark github.com/zclconf/go-cty github.com/cloudflare/cloudflare-go
	cloud.google.com/go go.etcd.io/bbolt go.etcd.io/etcd/client go.mongodb.org/mongo-driver go.opencensus.io go.opentelemetry.io go.starlark.net go.uber.org/atomic
	go.uber.org/automaxprocs go.uber.org/multierr go.uber.org/zap go.uber.org/fx go.uber.org/dig go.uber.org/config go.yaml.in/yaml golang.org/x google.golang.org/api
	google.golang.org/genproto google.golang.org/protobuf gopkg.in/ini gopkg.in/inf gopkg.in/natefinch/lumberjack gopkg.in/op/go-logging
	gopkg.in/src-d gopkg.in/telebot gopkg.in/tomb gopkg.in/yaml gopkg.in/gomail gopkg.in/mgo gopkg.in/guregu/null gorm.io k8s.io/api k8s.io/apimachinery
	k8s.io/client-go k8s.io/klog k8s.io/utils modernc.org/sqlite nhooyr.io/websocket sigs.k8s.io/yaml github.com/hibiken/asynq`.split(/\s+/);
