"""lookupPhoneScore: how risky a phone number is, according to TeleSign."""
