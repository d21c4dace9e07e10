#include "casework/related.h"

#include "casework/contents.h"
#include "casework/correct_content.h"
#include "message/value.h"
#include "search/plate.h"
#include "search/spoken_key.h"

#include <algorithm>
#include <cctype>

/// What a content may be found by, in one spelling for each.
namespace comity::casework {
namespace {

constexpr std::size_t token_bytes_min = 6, token_bytes_max = 40;
constexpr std::size_t token_digits_min = 4, phone_digits_min = 6, phone_digits_kept = 9;
constexpr std::size_t number_signs_min = 4;
constexpr std::size_t name_letters_min = 3; ///< Of a name in one part; longer ones have more.
constexpr std::size_t file_words_max = 64; ///< Of one name of a file, or of what is said of it.
constexpr std::size_t name_parts_max = 8;
constexpr std::string_view dated = "|dated", undated = "|undated";
constexpr std::string_view is = "is/", says = "says/";

bool letter_or_digit(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}
bool digit(char c)
{
    return '0' <= c && c <= '9';
}
std::size_t digits_in(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(text, digit));
}

std::string lowered(std::string_view text)
{
    std::string out { text };
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

/// Of a document or a weapon; as plates, so that А and A are one.
std::string number_key(std::string_view number)
{
    auto key = search::plate_key(number);
    return key.size() < number_signs_min || digits_in(key) == 0 ? "" : key;
}

/// National and international spelling end alike.
std::string phone_key(std::string_view number)
{
    std::string digits;
    std::ranges::copy_if(number, std::back_inserter(digits), digit);
    if (digits.size() < phone_digits_min) return {};
    return digits.size() > phone_digits_kept ? digits.substr(digits.size() - phone_digits_kept)
                                             : digits;
}

bool is_part(char c)
{
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) > 0x7F;
}

/// Each as it sounds: "PopescuAna_2.pdf" has three.
std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> out;
    std::string word;
    auto const end = [&] {
        if (auto key = search::spoken_key(word); !key.empty() && out.size() < file_words_max)
            out.push_back(std::move(key));
        word.clear();
    };
    for (char const c : text) {
        bool const rises = !word.empty() && std::islower(static_cast<unsigned char>(word.back()))
            && std::isupper(static_cast<unsigned char>(c));
        if (rises || !is_part(c)) end();
        if (is_part(c)) word += c;
    }
    end();
    return out;
}

/// In whatever order.
std::string pair_key(std::string const& one, std::string const& other)
{
    return search::spoken_key(one + " " + other);
}

/// What a content says of itself where files go with it.
bool tells_of_files(std::string_view member)
{
    return member == "text" || member == "description" || member == "title" || member == "summary"
        || member == "facts" || member == "claimed";
}

bool has_files(json::Object const& object)
{
    for (auto const* name : { "attachments", "otherMaterial" })
        if (auto const* list = object.if_contains(name))
            if (list->is_array() && !list->get_array().empty()) return true;
    return false;
}

/// Case numbers of any channel: letters and digits with a dash, a stroke or a point inside.
void each_number(std::string_view text, auto const& tell)
{
    std::string token;
    auto const end = [&] {
        while (!token.empty() && !letter_or_digit(token.back())) token.pop_back();
        bool const joined = std::ranges::any_of(token, [](char c) { return !letter_or_digit(c); });
        if (joined && token_bytes_min <= token.size() && token.size() <= token_bytes_max
            && digits_in(token) >= token_digits_min && !parse_date(token).ok())
            tell(token);
        token.clear();
    };
    for (char const c : text)
        if (letter_or_digit(c) || (!token.empty() && (c == '-' || c == '/' || c == '.')))
            token += c;
        else
            end();
    end();
}

class Marks {
public:
    /// `every_text`: who is named in sentences alone is found too.
    explicit Marks(bool every_text = false)
        : every_text_(every_text)
    {
    }
    void walk(json::Value const& value, std::string_view name)
    {
        if (auto const* list = value.if_array())
            for (auto const& each : *list) walk(each, name);
        if (auto const* object = value.if_object()) walk(*object, name);
        if (names_file(value)) add_words(text_at(value.get_object(), "name"), true);
        if (auto const* text = value.if_string()) look(*text, name);
    }
    void walk(json::Object const& object, std::string_view name)
    {
        add_person(object);
        bool const described = has_files(object);
        bool const document = object.contains("issuingState") || name == "documents"
            || (name == "document" && object.contains("kind"));
        bool const phone = name == "phone" || name == "subscribers";
        auto const number = text_at(object, "number");
        if (document) add(Likeness::document, number_key(number), number);
        if (phone) add(Likeness::phone, phone_key(number), number);
        for (auto const& member : object) {
            std::string_view const key { member.key() };
            if (key != "decision" && key != "requestDecision") walk(member.value(), key);
            auto const* text = member.value().if_string();
            if (text && (every_text_ || (described && tells_of_files(key))))
                add_words(*text, false);
        }
    }
    /// Words that stand together may be a name, in a file's own name also one that stands alone.
    void add_words(std::string_view text, bool alone)
    {
        auto const words = words_of(text);
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (alone && words[i].size() >= name_letters_min) add_of_file(words[i], text);
            if (i > 0) add_of_file(pair_key(words[i - 1], words[i]), text);
        }
    }
    /// Of a person: any two parts of his name.
    void add_in_files(std::string const& name)
    {
        auto parts = words_of(name);
        if (parts.size() == 1 && parts[0].size() >= name_letters_min) add_of_file(parts[0], name);
        if (parts.size() > name_parts_max) parts.resize(name_parts_max);
        for (std::size_t i = 0; i < parts.size(); ++i)
            for (std::size_t k = 0; k < i; ++k) add_of_file(pair_key(parts[k], parts[i]), name);
    }
    void add_person(json::Object const& object)
    {
        auto const family = text_at(object, "familyName");
        if (family.empty()) return;
        auto const given = text_at(object, "givenName");
        auto const shown = given.empty() ? family : given + " " + family;
        add_name(shown, text_at(object, "birthDate"));
    }
    void add_name(std::string const& shown, std::string const& birth_date)
    {
        auto const key = search::spoken_key(shown);
        if (key.size() < name_letters_min) return;
        if (!birth_date.empty()) add(Likeness::person, key + "|" + birth_date, shown);
        add(Likeness::name, key + std::string { birth_date.empty() ? undated : dated }, shown);
    }
    void add(Likeness likeness, std::string key, std::string const& shown)
    {
        if (!key.empty() && out_.size() < marks_max)
            add_once(out_, { likeness, std::move(key), shown });
    }
    void add_numbers_in(std::string_view text)
    {
        each_number(text, [&](std::string const& token) {
            add(Likeness::case_number, std::string { says } + lowered(token), token);
        });
    }
    std::vector<Mark> take()
    {
        out_.insert(out_.end(), of_files_.begin(), of_files_.end());
        return std::move(out_);
    }

private:
    static void add_once(std::vector<Mark>& to, Mark mark)
    {
        auto const same = [&](Mark const& each) {
            return each.likeness == mark.likeness && each.key == mark.key;
        };
        if (std::ranges::none_of(to, same)) to.push_back(std::move(mark));
    }
    void add_of_file(std::string key, std::string_view shown)
    {
        if (of_files_.size() < file_marks_max)
            add_once(of_files_, { Likeness::file, std::move(key), std::string { shown } });
    }
    void look(std::string_view text, std::string_view name)
    {
        std::string const shown { text };
        if (name == "plate") return add(Likeness::plate, search::plate_key(text), shown);
        if (name == "vin") return add(Likeness::vin, search::vin_key(text), shown);
        if (name == "serialNumber") return add(Likeness::serial_number, number_key(text), shown);
        // What people write; ids and words of lists hold no blank.
        if (text.find(' ') != text.npos) add_numbers_in(text);
    }

    bool every_text_;
    std::vector<Mark> out_, of_files_;
};

} // namespace

bool relates(Mark const& mark)
{
    bool const one_part = mark.key.find(' ') == mark.key.npos;
    return mark.likeness != Likeness::file && !(mark.likeness == Likeness::name && one_part);
}

std::vector<Mark> marks_of(json::Object const& content)
{
    Marks out;
    out.walk(content, {});
    return out.take();
}

std::vector<Mark> marks_of_secret(json::Object const& content)
{
    Marks out { true };
    out.walk(content, {});
    return out.take();
}

std::vector<Mark> marks_of_number(std::string_view number)
{
    Marks out;
    std::string const shown { number };
    out.add(Likeness::case_number, std::string { is } + lowered(number), shown);
    if (auto const at = number.find('/'); at != number.npos)
        out.add(Likeness::case_number, std::string { is } + lowered(number.substr(at + 1)), shown);
    return out.take();
}

std::vector<Mark> marks_of_text(std::string_view text)
{
    Marks out;
    std::string const shown { text };
    out.add_name(shown, {});
    auto const number = number_key(text);
    if (!number.empty()) {
        out.add(Likeness::plate, search::plate_key(text), shown);
        out.add(Likeness::vin, search::vin_key(text), shown);
        out.add(Likeness::document, number, shown);
        out.add(Likeness::serial_number, number, shown);
        out.add(Likeness::phone, phone_key(text), shown);
        out.add(Likeness::case_number, std::string { says } + lowered(text), shown);
    }
    return out.take();
}

std::vector<Mark> marks_of_person(std::span<std::string const> names, std::string const& birth_date,
    std::span<std::string const> documents)
{
    Marks out;
    for (auto const& name : names) {
        // One name alone is everybody's.
        if (birth_date.empty() && words_of(name).size() < 2) continue;
        out.add_name(name, birth_date);
        out.add_in_files(name);
    }
    for (auto const& number : documents) out.add(Likeness::document, number_key(number), number);
    return out.take();
}

std::vector<std::string> keys_that_match(Mark const& mark)
{
    auto const with = [&](std::string_view from, std::string_view to) {
        return std::string { to } + mark.key.substr(from.size());
    };
    if (mark.likeness == Likeness::name && mark.key.ends_with(dated))
        return { mark.key.substr(0, mark.key.size() - dated.size()) + std::string { undated } };
    if (mark.likeness == Likeness::name)
        return { mark.key,
            mark.key.substr(0, mark.key.size() - undated.size()) + std::string { dated } };
    if (mark.likeness != Likeness::case_number) return { mark.key };
    if (mark.key.starts_with(is)) return { with(is, says) };
    return { mark.key, with(says, is) };
}

} // namespace comity::casework
