# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""A set-up file, as a company gives it to its people, with servers of the lab."""

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict><key>PayloadDisplayName</key><string>Firma</string>
<key>PayloadType</key><string>Configuration</string><key>PayloadContent</key><array><dict>
<key>PayloadType</key><string>com.apple.mail.managed</string>
<key>EmailAccountType</key><string>EmailTypeIMAP</string>
<key>EmailAddress</key><string>jan@srvonly.test</string>
<key>IncomingMailServerHostName</key><string>mail.hosting.test</string>
<key>IncomingMailServerPortNumber</key><integer>993</integer>
<key>IncomingMailServerUseSSL</key><true/>
<key>IncomingMailServerUsername</key><string>jan@srvonly.test</string>
<key>IncomingPassword</key><string>{password}</string>
<key>OutgoingMailServerHostName</key><string>mail.hosting.test</string>
<key>OutgoingMailServerPortNumber</key><integer>465</integer>
<key>OutgoingMailServerUseSSL</key><true/>
<key>OutgoingMailServerUsername</key><string>jan@srvonly.test</string>
<key>OutgoingPasswordSameAsIncomingPassword</key><true/>
</dict></array></dict></plist>"""
