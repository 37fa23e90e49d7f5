/** The products whose releases images/release-dates.ts holds, by their ids at endoflife.date, with the name to show. */
export const PRODUCTS = {
  'alpine-linux': 'Alpine',
  'amazon-linux': 'Amazon Linux',
  'apache-cassandra': 'Cassandra',
  'centos-stream': 'CentOS Stream',
  debian: 'Debian',
  dotnet: '.NET',
  drupal: 'Drupal',
  'eclipse-temurin': 'Eclipse Temurin',
  elasticsearch: 'Elasticsearch',
  erlang: 'Erlang',
  fedora: 'Fedora',
  go: 'Go',
  haproxy: 'HAProxy',
  kibana: 'Kibana',
  logstash: 'Logstash',
  mariadb: 'MariaDB',
  mongodb: 'MongoDB',
  mysql: 'MySQL',
  nextcloud: 'Nextcloud',
  nginx: 'nginx',
  nodejs: 'Node.js',
  opensuse: 'openSUSE Leap',
  'oracle-linux': 'Oracle Linux',
  perl: 'Perl',
  php: 'PHP',
  postgresql: 'PostgreSQL',
  python: 'Python',
  rabbitmq: 'RabbitMQ',
  redis: 'Redis',
  ruby: 'Ruby',
  solr: 'Solr',
  tomcat: 'Tomcat',
  ubuntu: 'Ubuntu',
} as const;

/** Where free support ends on another day than `eol` says: the LTS team of Debian goes on for two years more. */
export const END_OF_SUPPORT: Readonly<Record<string, string>> = { debian: 'eoes' };

/** The official images whose tags images/tag-lists.ts holds: those that Dockerfiles are most often built on. */
export const IMAGES_WITH_TAGS: readonly string[] =
  `almalinux alpine amazoncorretto amazonlinux buildpack-deps busybox caddy cassandra composer couchdb debian docker drupal
  eclipse-temurin elasticsearch elixir erlang fedora gcc ghost golang gradle haproxy haskell httpd influxdb jetty joomla
  julia kibana logstash mariadb maven memcached mongo mysql nats neo4j nextcloud nginx node openjdk oraclelinux perl php
  postgres pypy python rabbitmq redis redmine registry rockylinux ruby rust solr sonarqube swift telegraf tomcat traefik
  ubuntu wordpress zookeeper`.split(/\s+/);
