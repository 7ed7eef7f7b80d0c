# shellcheck shell=dash
# A mail server that asks SPF of every sender and takes mail for every domain into one mailbox, /var/mail/inbox: postfix,
# started without its own scripts, which look after an installation.
set -eu
queue=/var/spool/postfix
mkdir -p /etc/postfix /var/lib/postfix $queue
cat >/etc/postfix/main.cf <<END
compatibility_level = 3.6
myhostname = $(hostname)
mydestination =
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = static:all
virtual_mailbox_maps = static:inbox
virtual_mailbox_base = /var/mail
virtual_uid_maps = static:782
virtual_gid_maps = static:782
smtpd_recipient_restrictions = reject_unauth_destination, check_policy_service unix:private/policyd-spf
smtpd_peername_lookup = no
policyd-spf_time_limit = 30
maillog_file = /var/log/mail.log
alias_maps =
END
# Every program of postfix rereads a main.cf that is younger than a second, 0.3 s later (dict_load_file).
touch -d '1 minute ago' /etc/postfix/main.cf
sed -E 's/^([a-z-]+ +(inet|unix|unix-dgram|fifo) +[n-] +[n-] +)[yn-]/\1n/' /usr/share/postfix/master.cf.dist >/etc/postfix/master.cf
echo 'policyd-spf unix - n n - 0 spawn user=policyd-spf argv=/usr/bin/policyd-spf' >>/etc/postfix/master.cf
mkdir -p /etc/postfix-policyd-spf-python
cat >/etc/postfix-policyd-spf-python/policyd-spf.conf <<END
debugLevel = 1
TestOnly = 1
HELO_reject = False
Mail_From_reject = Fail
PermError_reject = True
TempError_Defer = True
skip_addresses = 127.0.0.0/8
END
mkdir -p /var/mail
chown policyd-spf /var/mail
cd $queue
mkdir -p active bounce corrupt defer deferred flush hold incoming maildrop pid private public saved trace
chmod 700 active bounce corrupt defer deferred flush hold incoming private saved trace
chmod 730 maildrop
chmod 710 public
chown postfix active bounce corrupt defer deferred flush hold incoming maildrop private public saved trace /var/lib/postfix
chgrp postdrop maildrop public
# With -w it would take two seconds to say that it is ready.
setsid /usr/lib/postfix/sbin/master </dev/null >/dev/null 2>&1 &
until ss -Hltn 'sport = :25' | grep -q .; do
  kill -0 $! || exit 1
  sleep 0.02
done
