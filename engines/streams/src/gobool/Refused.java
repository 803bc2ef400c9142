package gobool;

/** Why a record cannot be used. The record goes to the dead letters with this message, and the next one is read. */
final class Refused extends Exception {
  Refused(String reason) {
    super(reason, null, false, false);
  }
}
