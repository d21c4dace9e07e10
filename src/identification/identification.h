#pragma once

#include "casework/casework.h"
#include "identification/dna_case.h"
#include "identification/dna_draft.h"
#include "identification/result.h"

/// Article 20 between Parties: a profile is asked for, compared by the other node by itself, and
/// answered hit or no hit; kept on request where nothing was found, with a word when something
/// comes later; a hit is confirmed by experts before anybody asks for the person.
namespace comity::identification {

/// What became of a draft.
struct Outcome {
    treaty::Situation situation;
    treaty::Decision decision;
    std::vector<std::string> missing; ///< Paths of what the draft lacks, whatever the law says.
    std::optional<std::string> message; ///< Id; only when the decision permits.
    std::optional<std::int64_t> proposal {}; ///< Its place, where a second officer has to confirm.
};

/// Two experts looked at a hit, each for himself.
struct ConfirmationDraft {
    std::string match;
    bool confirmed = false;
    std::vector<message::Official> experts {};
    std::string method;
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(ConfirmationDraft, (), (match, confirmed, experts, method, text))

/// What a question about a family can be expected to bring, before it is asked.
struct KinExpectation {
    message::Pedigree family;
    std::int64_t profiles = 0; ///< Reckoned with.
    double least_log_10_ratio = 0;
    double chance_found = 0; ///< That the missing one is listed, if he is in the file.
    double false_candidates = 0;
    struct Help {
        std::string what; ///< Name of a locus, or word of a Relation.
        bool locus = false;
        double chance_found = 0, false_candidates = 0;
    };
    std::vector<Help> helps; ///< On average over such families, the best first.
};

/// A relative's profile with his consent, for our own index.
struct RelativeDraft {
    message::Profile profile;
    Consent consent;
};
BOOST_DESCRIBE_STRUCT(RelativeDraft, (), (profile, consent))

/// Where a withdrawn consent was followed.
struct Withdrawn {
    std::vector<std::string> messages; ///< Notices of destruction, one for each request.
    std::vector<std::string> cases;
};
BOOST_DESCRIBE_STRUCT(Withdrawn, (), (messages, cases))

class Identification {
public:
    struct Rooms {
        store::Store& store;
        exchange::Exchange& exchange;
        casework::Casework& casework;
        protection::Vault& vault;
        treaty::Law const& law;
        ProfileDatabase& database;
        Terms const& terms;
    };
    /// Takes the messages of Article 20 from casework. All of the rooms outlive it.
    Identification(Rooms rooms, Settings settings, Clock clock, Random random);

    /// Puts profiles into the national file, all or none; those kept for other Parties are held
    /// against them by work(). Errors: those of ProfileDatabase::keep.
    Result<void> add(std::span<dna::Profile const> profiles, Date erase_by, std::string_view actor);

    /// A relative into the index of relatives. Errors name the field: those of
    /// ProfileDatabase::keep and profile_of; a consent that ends before tomorrow.
    Result<void> add_relative(RelativeDraft const& draft, std::string_view actor);
    /// Destroys his profile here and with every Party that it went to, each by a notice under
    /// A31(4)(b). Error: not_found.
    Result<Withdrawn> withdraw_consent(
        std::string_view reference, casework::Officer const& officer);
    /// `profiles`: how many bodies the other side may hold. Errors name the field.
    Result<KinExpectation> expect(FamilyDraft const& draft, std::int64_t profiles) const;

    /// Judges a draft; no effect. Errors name the field.
    Result<Outcome> try_request(DnaDraft const& draft) const;
    /// Judges, and where permitted records, registers and queues in one durable step. Error:
    /// malformed besides, naming what is missing.
    Result<Outcome> send(DnaDraft const& draft, casework::Officer const& officer);

    /// Confirms a hit of a case of ours, or says that it is none. The message's id. Errors:
    /// not_found for a case or a match that is not there; malformed naming the field.
    Result<std::string> confirm(
        std::string_view number, ConfirmationDraft const& draft, casework::Officer const& officer);
    /// A comparison with what of it he may see; each content that he opens is noted. Error:
    /// not_found for a case that is none.
    Result<DnaCase> open_case(std::string_view number, casework::Officer const& officer);

    /// Answers the requests that wait and tells of later hits; destroys what has reached its day.
    /// The number looked at; the first error, after all were tried.
    Result<std::size_t> work();

private:
    Result<DnaCase> open(store::Transaction& transaction, casework::CaseRow const& row,
        casework::Officer const& officer);
    struct Answer;
    /// A20(2): on its way to the Party that asked to keep a profile.
    struct LaterHit {
        std::string number, match, text;
        exchange::Sealed sealed;
    };
    Ways ways() const { return { rooms_.law, settings_, rooms_.terms }; }
    Result<exchange::Disposition> receive_request(
        store::Transaction& transaction, exchange::Delivered const& delivered);
    Result<exchange::Disposition> receive_result(
        store::Transaction& transaction, exchange::Delivered const& delivered);
    Result<exchange::Disposition> receive_destruction(
        store::Transaction& transaction, exchange::Delivered const& delivered);
    Result<DnaDraft> with_relatives(DnaDraft const& draft) const;
    Result<void> note_relatives(
        store::Transaction& transaction, DnaDraft const& draft, std::string const& message);
    Result<exchange::Sealed> seal_destruction(SentRelative const& sent);
    Result<std::string> send_destruction(store::Transaction& transaction, SentRelative const& sent,
        exchange::Sealed const& sealed, casework::Officer const& officer);
    Result<void> compare_family(message::DnaRequest const& request, Answer& out) const;
    Result<exchange::Disposition> receive_confirmation(
        store::Transaction& transaction, exchange::Delivered const& delivered);
    Result<void> settle(Task const& task);
    Result<void> settle_request(Task const& task);
    Result<void> settle_profile(Task const& task);
    Result<Answer> compare(message::DnaRequest const& request, std::string_view requesting) const;
    Result<void> send_result(Task const& task, casework::CaseRow const& row,
        exchange::Stored const& asked, message::DnaRequest const& request);
    Result<void> keep_asked(store::Transaction& transaction, Answer const& answer,
        casework::CaseRow const& row, Date erase_by);
    Result<void> keep_family(store::Transaction& transaction, casework::CaseRow const& row,
        std::string const& message, Date erase_by);
    Result<void> find_later(
        dna::Profile const& fresh, dna::RuleSet const& rules, std::vector<LaterHit>& out) const;
    Result<void> find_later_kin(dna::Profile const& fresh, std::vector<LaterHit>& out);
    Result<void> find_later_kin(
        KeptFamily const& kept, dna::Profile const& fresh, std::vector<LaterHit>& out);
    Result<LaterHit> later_hit(
        casework::CaseRow const& row, message::DnaResult const& result, std::string match) const;
    Result<bool> may_keep(message::DnaRequest const& request, Answer const& answer,
        std::string_view requesting) const;
    Result<void> tell_later(store::Transaction& transaction, LaterHit const& hit);
    Result<dna::RuleSet> rules_with(std::string_view party) const;

    Rooms rooms_;
    Settings settings_;
    Clock clock_;
    Random random_;
};

/// "dna-comparison": the kind of such a case.
extern std::string_view const dna_kind;
/// What a list says of one: its first reference number.
casework::Heading heading_of(message::DnaRequest const& request);

} // namespace comity::identification
