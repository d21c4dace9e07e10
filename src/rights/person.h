#pragma once

#include "document/document.h"
#include "rights/national.h"
#include "rights/person_store.h"
#include "rights/rights.h"

/// A person's request (A31(4)(g)) from his letter to the reply: everything held and sent about him
/// is found, whoever sent it may comment, each item is decided, and the letter names the remedy
/// (A31(4)(h)). Who asks lies sealed in the vault.
namespace comity::rights {

constexpr std::size_t names_max = 20, documents_max = 20, name_bytes_max = 200;
constexpr std::size_t purpose_bytes_max = 300, source_bytes_max = 500;
constexpr std::int64_t persons_listed_max = 200;

/// As the letter writes it, in its script; what other scripts make of it is found too.
struct AskedName {
    std::string family;
    std::optional<std::string> given {};
};
BOOST_DESCRIBE_STRUCT(AskedName, (), (family, given))

/// The letter, as the officer registers it.
struct PersonDraft {
    std::vector<AskedName> names {}; ///< Every name that he says he has, the present one first.
    std::optional<Date> birth_date {};
    std::optional<std::vector<std::string>> documents {}; ///< Their numbers.
    std::optional<std::string> address {}; ///< For the reply.
    std::optional<std::string> letter {}; ///< What he asks, in his words.
    std::vector<message::PersonClaim> claims {};
    IdentityCheck identity_check {};
    std::string language; ///< Of the reply: en, bg, es, ro, sr, sq.
    Date received_on;
};
BOOST_DESCRIBE_STRUCT(PersonDraft, (),
    (names, birth_date, documents, address, letter, claims, identity_check, language, received_on))

struct DeadlineDraft {
    Date deadline;
    std::string source; ///< The provision of the national law, or where it was found.
};
BOOST_DESCRIBE_STRUCT(DeadlineDraft, (), (deadline, source))

struct OpeningDraft {
    std::string item;
    std::string purpose; ///< As the officer states it; the log of operations keeps it.
};
BOOST_DESCRIBE_STRUCT(OpeningDraft, (), (item, purpose))

/// What was decided about an item.
struct AnswerDraft {
    std::string item;
    ItemAnswer answer {};
    std::optional<std::string> ground {}; ///< Of the national law, or what is wrong with it.
    std::optional<std::string> told {}; ///< What of it the person is told, where not all.
    std::optional<std::vector<CorrectedMember>> members {}; ///< Of what is corrected.
};
BOOST_DESCRIBE_STRUCT(AnswerDraft, (), (item, answer, ground, told, members))

struct CommentDraft {
    message::CommentPosition position {};
    std::optional<std::string>
        text {}; ///< The ground; may be missing where nothing is objected to.
    std::optional<std::vector<std::string>> provisions {};
};
BOOST_DESCRIBE_STRUCT(CommentDraft, (), (position, text, provisions))

/// Where a sender stands on an item that it sent (A31(4)(g)-3).
enum class Heard : std::uint8_t {
    not_needed, ///< This State sent it.
    not_asked,
    waiting,
    commented,
    waived, ///< It does not object.
    expired, ///< The national deadline came first.
};
BOOST_DESCRIBE_ENUM(Heard, not_needed, not_asked, waiting, commented, waived, expired)

struct PersonItemView {
    std::string item, case_number, type, direction;
    std::string party; ///< Where it came from or went to.
    std::string owner, purpose;
    std::vector<std::string> legal_basis {};
    std::optional<Date> erase_by {}; ///< Nothing where it is gone.
    std::optional<Instant> at {};
    std::optional<std::uint64_t> entry {}; ///< Of the register.
    std::int64_t level = 0;
    std::vector<std::string> found_by {};
    bool chosen = false;
    Heard heard {};
    std::string comment; ///< Id of the message with the comment.
    std::optional<ItemAnswer> answer {};
    std::optional<Instant> decided_at {};
    std::string decided_by;
    bool settled = true;
    bool closed = false; ///< To a compartment that who looks is not named for: nothing is told.
    std::vector<std::string> exports {}; ///< Where it stands on paper or in a file outside.
};
BOOST_DESCRIBE_STRUCT(PersonItemView, (),
    (item, case_number, type, direction, party, owner, purpose, legal_basis, erase_by, at, entry,
        level, found_by, chosen, heard, comment, answer, decided_at, decided_by, settled, closed,
        exports))

struct CommentView {
    std::int64_t place = 0;
    bool ours = false;
    std::string party, case_number, item, claim, message;
    Instant at, answer_by;
    std::optional<message::CommentPosition> position {};
    std::string answer;
    std::optional<Instant> answered_at {};
    std::optional<std::string> text {}; ///< What was asked or said, where it was opened.
};
BOOST_DESCRIBE_STRUCT(CommentView, (),
    (place, ours, party, case_number, item, claim, message, at, answer_by, position, answer,
        answered_at, text))

/// Of the list: no name of a person.
struct PersonLine {
    std::int64_t place = 0;
    std::vector<message::PersonClaim> claims {};
    Date received_on;
    std::optional<Date> deadline {};
    std::optional<std::int64_t> days_left {}; ///< Below nothing once it is over.
    std::string language, officer;
    std::int64_t chosen = 0, decided = 0, waiting = 0; ///< Items; `waiting` for a sender.
    std::optional<Instant> letter_at {};
    std::optional<Date> sent_on {};
};
BOOST_DESCRIBE_STRUCT(PersonLine, (),
    (place, claims, received_on, deadline, days_left, language, officer, chosen, decided, waiting,
        letter_at, sent_on))

struct PersonView {
    PersonLine line;
    std::optional<PersonDraft> asked {}; ///< Nothing where it was destroyed.
    std::string deadline_source;
    std::optional<Instant> searched_at {};
    std::vector<PersonItemView> items {};
    std::vector<CommentView> comments {};
    std::string letter_sha256;
    std::optional<std::string> remedy {}, remedy_source {}; ///< Nothing where none is known.
};
BOOST_DESCRIBE_STRUCT(PersonView, (),
    (line, asked, deadline_source, searched_at, items, comments, letter_sha256, remedy,
        remedy_source))

/// A content that was opened, or what refuses it.
struct PersonContent {
    protection::UseJudgement judgement {};
    std::optional<json::Value> content {};
};

struct PersonTold {
    std::optional<treaty::Decision> decision {};
    bool done = false;
    std::vector<std::string> not_heard {}; ///< Parties that did not comment yet.
    std::vector<std::string> messages {};
};

struct PersonLetter {
    document::Document document;
    std::string sha256 {};
    Bytes file {}; ///< The PDF; none of a preview.
};

struct LetterItem;

class PersonRequests {
public:
    /// Takes its messages from casework and from `rights`, which outlive it as the rooms do.
    PersonRequests(Rooms rooms, Rights& rights, National national, Settings settings, Clock clock);

    /// The newest first.
    Result<std::vector<PersonLine>> list();
    /// Its number. Errors: malformed, naming the member.
    Result<std::int64_t> enter(PersonDraft const& draft, Officer const& officer);
    /// Who asks is opened, and noted. Error: not_found.
    Result<PersonView> view(std::int64_t place, Officer const& officer);
    /// Where the law of the Party is not known here, or sets another day. Errors: malformed;
    /// conflict once a sender was told a day.
    Result<void> set_deadline(
        std::int64_t place, DeadlineDraft const& draft, Officer const& officer);
    /// Everything held and sent about the person, without a look inside, also of a compartment; and
    /// what of comparisons of DNA stands in the same cases. Noted. How many.
    Result<std::size_t> search(std::int64_t place, Officer const& officer);
    Result<PersonContent> open(
        std::int64_t place, OpeningDraft const& draft, Officer const& officer);
    /// Those that are the person's; decided ones stay, and those of a compartment that he is not
    /// named for. Errors: not_found, not_permitted, `items[i]`.
    Result<void> choose(
        std::int64_t place, std::vector<std::string> const& items, Officer const& officer);
    /// Every sender of a chosen item that was not asked yet. Errors: conflict without a deadline,
    /// or with one that is over.
    Result<PersonTold> ask_comments(
        std::int64_t place, std::string const& draft, Officer const& officer);
    /// A31(4)(g)-3: not before every sender of the item was heard or the deadline came. Errors:
    /// malformed; not_found; conflict for an item that was decided; not_permitted for one of a
    /// compartment that he is not named for.
    Result<PersonTold> decide(std::int64_t place, AnswerDraft const& draft, Officer const& officer);
    /// What was refused of a compartment is not spoken of. Errors: conflict where a chosen item is
    /// not decided; not_permitted for who is not named for the compartment of one that is told.
    Result<PersonLetter> preview(std::int64_t place, Officer const& officer);
    /// The PDF; an export of every case that it speaks of.
    Result<PersonLetter> letter(std::int64_t place, Officer const& officer);
    /// Errors: conflict without a letter, or sent already; malformed, `sentOn`.
    Result<void> mark_sent(std::int64_t place, Date sent_on, Officer const& officer);

    /// Comments that other States asked of this one, the newest first, without what they say.
    Result<std::vector<CommentView>> asked_of_us();
    /// With what they say; noted. Error: not_found.
    Result<CommentView> open_comment(std::int64_t place, Officer const& officer);
    /// Errors: conflict where it was answered, or its day is over; malformed.
    Result<PersonTold> answer_comment(
        std::int64_t place, CommentDraft const& draft, Officer const& officer);

    /// Destroys own copies whose receivers all confirmed. How many.
    Result<std::size_t> work();

private:
    using Transaction = store::Transaction;
    struct File; ///< A request with its items and comments.
    struct Looking;
    struct ToParty;
    Result<PersonRow> row_of(Transaction& transaction, std::int64_t place) const;
    Result<File> file_of(Transaction& transaction, std::int64_t place) const;
    Result<std::optional<PersonDraft>> asked(Transaction& transaction, std::int64_t place,
        Officer const& officer, protection::Operation operation) const;
    Heard heard(File const& file, PersonItemRow const& item, bool received) const;
    PersonLine line_of(Transaction& transaction, File const& file) const;
    PersonItemView view_of(Transaction& transaction, File const& file, PersonItemRow const& item,
        Officer const& officer) const;
    bool closed_to(
        Transaction& transaction, std::string const& message, Officer const& officer) const;
    Result<casework::Opened> open_item(
        Transaction& transaction, std::string const& message, Looking const& looking);
    Result<std::optional<std::string>> text_of(Transaction& transaction, std::string const& message,
        std::string_view member, Looking const& looking);
    Result<std::string> ask_one(File const& file, PersonDraft const& asked,
        std::vector<PersonItemRow> const& items, ToParty const& what, Officer const& officer);
    Result<treaty::Decision> judge(Transaction& transaction, File const& file,
        PersonItemView const& item, ItemAnswer answer) const;
    Result<Told> carry_out(
        PersonItemView const& item, AnswerDraft const& draft, Officer const& officer);
    Result<void> keep_words(Transaction& transaction, std::int64_t place, AnswerDraft const& draft,
        Officer const& officer);
    Result<AnswerDraft> words_on(Transaction& transaction, std::string const& item,
        std::int64_t place, Officer const& officer) const;
    Result<PersonLetter> compose(
        std::int64_t place, protection::Operation operation, Officer const& officer);
    Result<std::vector<LetterItem>> decided(
        Transaction& transaction, File const& file, Looking const& looking);
    Result<void> enter_export(Transaction& transaction, File const& file,
        PersonLetter const& letter, Officer const& officer);
    Result<bool> settle(PersonItemRow const& item);

    using Taken = Result<exchange::Disposition>;
    Taken receive_request(Transaction& transaction, exchange::Delivered const& delivered);
    Result<std::optional<exchange::Disposition>> receive_comment(
        Transaction& transaction, exchange::Delivered const& delivered);

    Rooms rooms_;
    Rights& rights_;
    National national_;
    Settings settings_;
    Clock clock_;
    Post post_;
};

} // namespace comity::rights
