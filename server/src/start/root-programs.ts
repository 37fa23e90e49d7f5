/**
 * Programs that start as root and switch users themselves, that cannot do their work without root, or that come with a
 * user and directories of their own.
 */
export const ROOT_PROGRAMS: ReadonlySet<string> = new Set(
  [
    // Web, mail and name servers, which bind, read keys and then step down.
    'nginx apache2 apache2ctl apachectl apache2-foreground httpd httpd-foreground php-fpm lighttpd squid varnishd haproxy',
    'postfix dovecot exim exim4 opensmtpd smtpd dnsmasq named unbound pdns_server vsftpd proftpd pure-ftpd smbd nmbd slapd',
    // Sessions, timers, supervisors, other services.
    'sshd dropbear cron crond anacron atd supervisord systemd init runsvdir runit s6-svscan service systemctl invoke-rc.d xinetd inetd',
    'sudo su login mount umount chroot unshare modprobe sysctl',
    // Network and system tools that need capabilities.
    'iptables nft ip tc tcpdump tshark dumpcap nmap masscan zmap hping3 arp-scan openvpn wg wg-quick ipsec charon pptpd xl2tpd',
    'openconnect hostapd keepalived dhcpd dhclient chronyd ntpd radiusd freeradius rsyslogd syslog-ng fail2ban-server strace perf',
    'bpftrace gparted smartd rpcbind nfsd rpc.nfsd cadvisor netdata snort suricata ntopng passivedns ipfm ferm shorewall sslsplit',
    'sockd hans shadowvpn dsvpn ocserv tincd vpnserver zerotier-one tailscaled monit pihole-FTL tftpd in.tftpd bees debootstrap pppd',
    'virtualbox filebeat promtail auditd dind runit_bootstrap certbot ambari-server',
    // What works on the host's containers through a socket that belongs to root.
    'dockerd dockerd-entrypoint.sh docker docker-compose containerd ctr podman buildah kubelet k3s buildkitd',
    // Databases and servers whose packages create their user and its directories.
    'mysqld mysqld_safe mariadbd postgres mongod redis-server rabbitmq-server influxd grafana-server mosquitto icecast tor vnstatd transmission-daemon pdnsd',
    'asterisk freeswitch murmurd elasticsearch cassandra couchdb neo4j clickhouse-server sqlservr',
  ].flatMap(line => line.split(' ')),
);

/** Commands that change what only root may change, or that are no program of their own but start one as root. */
export const ROOT_COMMANDS: ReadonlySet<string> = new Set(
  'chown chgrp useradd adduser usermod groupadd addgroup groupmod userdel deluser groupdel delgroup passwd chpasswd apt-get apt apk yum dnf microdnf zypper dpkg rpm update-ca-certificates update-ca-trust setcap ldconfig service mknod crontab hwclock swapon rc-service openrc'.split(
    ' ',
  ),
);
