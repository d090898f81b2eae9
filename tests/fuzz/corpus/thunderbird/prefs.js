// Mozilla User Preferences

user_pref("mail.accountmanager.accounts", "account1,account2");
user_pref("mail.server.server7.userName", 'it\'s \u0142 \x41');
user_pref("mail.server.server7.port", 993); /* here */
user_pref("mail.server.server7.check_new_mail", true);
# end
