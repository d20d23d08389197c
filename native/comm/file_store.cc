#include "file_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>

namespace notebooster {
namespace {

using std::chrono::milliseconds;
using Bytes = FileStore::Bytes;

constexpr milliseconds kBetweenLooks{10};
/* Of a record whose key is removed. */
constexpr uint32_t kRemoved = UINT32_MAX;
/* Counts the ranks that have let their stores go. */
const std::string kLeft = "left";

/* Before the key and the value of a record. */
struct Head {
  uint32_t key_length;
  uint32_t value_length;
};

[[noreturn]] void fail(const std::string& path, const char* what) {
  throw std::runtime_error(path + ": " + what + ": " + std::strerror(errno));
}

std::string record(const std::string& key, const Bytes* value) {
  const Head head{static_cast<uint32_t>(key.size()), value == nullptr ? kRemoved : static_cast<uint32_t>(value->size())};
  std::string whole(reinterpret_cast<const char*>(&head), sizeof head);
  whole += key;
  if (value != nullptr) whole.append(reinterpret_cast<const char*>(value->data()), value->size());
  return whole;
}

Bytes bytes_of(const std::string& text) { return Bytes(text.begin(), text.end()); }

int64_t number_in(const Bytes* value) { return value == nullptr ? 0 : std::stoll(std::string(value->begin(), value->end())); }

}  // namespace

/* The file, locked; what it holds is known. */
class FileStore::Opened {
 public:
  enum For { READING = LOCK_SH, WRITING = LOCK_EX };

  Opened(FileStore& store, For use) : store_(store), guard_(store.mutex_) {
    file_ = open(store.path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0) fail(store.path_, "the ranks' meeting place cannot be opened");
    while (flock(file_, use) != 0)
      if (errno != EINTR) close_and_fail("the ranks' meeting place cannot be locked");
    read_on();
  }
  ~Opened() { close(file_); }
  Opened(const Opened&) = delete;

  /* Null where the key has none. */
  const Bytes* find(const std::string& key) const {
    const auto found = store_.known_.find(key);
    return found == store_.known_.end() ? nullptr : &found->second;
  }

  /* Null removes the key. */
  void write(const std::string& key, const Bytes* value) {
    const std::string whole = record(key, value);
    // A record that breaks off here is of a rank that was killed as it wrote: the lock was its own.
    if (ftruncate(file_, store_.read_) != 0) fail(store_.path_, "what the ranks' meeting place holds cannot be cut");
    const ssize_t written = pwrite(file_, whole.data(), whole.size(), store_.read_);
    if (written != static_cast<ssize_t>(whole.size())) fail(store_.path_, "the ranks' meeting place cannot be written");
    note(key, value == nullptr ? std::nullopt : std::optional<Bytes>(*value), whole.size());
  }

 private:
  void read_on() {
    struct stat status {};
    if (fstat(file_, &status) != 0) close_and_fail("the ranks' meeting place cannot be read");
    if (status.st_size <= store_.read_) return;
    std::string rest(static_cast<size_t>(status.st_size - store_.read_), '\0');
    const ssize_t count = pread(file_, rest.data(), rest.size(), store_.read_);
    if (count < 0) close_and_fail("the ranks' meeting place cannot be read");
    rest.resize(static_cast<size_t>(count));
    for (size_t at = 0; at < rest.size();) {
      const size_t length = note_record(rest, at);
      if (length == 0) return;
      at += length;
    }
  }

  /* @returns its length, 0 where the record is not whole */
  size_t note_record(const std::string& rest, size_t at) {
    Head head;
    if (rest.size() - at < sizeof head) return 0;
    std::memcpy(&head, rest.data() + at, sizeof head);
    const bool is_removed = head.value_length == kRemoved;
    const size_t value_length = is_removed ? 0 : head.value_length;
    const size_t length = sizeof head + head.key_length + value_length;
    if (rest.size() - at < length) return 0;
    const std::string key = rest.substr(at + sizeof head, head.key_length);
    const std::string value = rest.substr(at + sizeof head + head.key_length, value_length);
    note(key, is_removed ? std::nullopt : std::optional<Bytes>(bytes_of(value)), length);
    return length;
  }

  void note(const std::string& key, std::optional<Bytes> value, size_t length) {
    if (value) store_.known_[key] = std::move(*value);
    else store_.known_.erase(key);
    store_.read_ += static_cast<off_t>(length);
  }

  [[noreturn]] void close_and_fail(const char* what) {
    const int error = errno;
    close(file_);
    errno = error;
    fail(store_.path_, what);
  }

  FileStore& store_;
  const std::lock_guard<std::mutex> guard_;
  int file_;
};

FileStore::FileStore(std::string path, int num_ranks, milliseconds timeout)
    : Store(timeout), path_(std::move(path)), num_ranks_(num_ranks) {
  Opened(*this, Opened::READING);
}

FileStore::~FileStore() {
  if (num_ranks_ == 0 || access(path_.c_str(), F_OK) != 0) return;
  try {
    if (add(kLeft, 1) == num_ranks_) unlink(path_.c_str());
  } catch (const std::exception&) {
    // Its folder is gone, or the disk full: whoever made the folder removes it.
  }
}

c10::intrusive_ptr<c10d::Store> FileStore::clone() { return c10::make_intrusive<FileStore>(path_, 0, timeout_); }

void FileStore::set(const std::string& key, const Bytes& value) { Opened(*this, Opened::WRITING).write(key, &value); }

Bytes FileStore::compareSet(const std::string& key, const Bytes& expected, const Bytes& wanted) {
  Opened file(*this, Opened::WRITING);
  const Bytes* found = file.find(key);
  if (found == nullptr ? !expected.empty() : *found != expected) return found == nullptr ? expected : *found;
  file.write(key, &wanted);
  return wanted;
}

Bytes FileStore::get(const std::string& key) {
  wait({key});
  Opened file(*this, Opened::READING);
  const Bytes* found = file.find(key);
  return found == nullptr ? Bytes() : *found;
}

int64_t FileStore::add(const std::string& key, int64_t value) {
  Opened file(*this, Opened::WRITING);
  const int64_t sum = number_in(file.find(key)) + value;
  const Bytes text = bytes_of(std::to_string(sum));
  file.write(key, &text);
  return sum;
}

bool FileStore::deleteKey(const std::string& key) {
  Opened file(*this, Opened::WRITING);
  const bool was_there = file.find(key) != nullptr;
  if (was_there) file.write(key, nullptr);
  return was_there;
}

bool FileStore::check(const Keys& keys) { return has_all(keys); }

int64_t FileStore::getNumKeys() { return static_cast<int64_t>(listKeys().size()); }

void FileStore::wait(const Keys& keys) { wait(keys, timeout_); }

void FileStore::wait(const Keys& keys, const milliseconds& timeout) {
  const auto end = std::chrono::steady_clock::now() + timeout;
  while (!has_all(keys)) {
    if (timeout != kNoTimeout && std::chrono::steady_clock::now() > end)
      throw std::runtime_error(path_ + ": nobody has told \"" + keys.front() + "\" within " + std::to_string(timeout.count()) + " ms");
    std::this_thread::sleep_for(kBetweenLooks);
  }
}

std::vector<std::string> FileStore::listKeys() {
  Opened file(*this, Opened::READING);
  Keys keys;
  for (const auto& [key, _] : known_) keys.push_back(key);
  return keys;
}

bool FileStore::has_all(const Keys& keys) {
  Opened file(*this, Opened::READING);
  return std::all_of(keys.begin(), keys.end(), [&](const std::string& key) { return file.find(key) != nullptr; });
}

}  // namespace notebooster
